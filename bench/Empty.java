/** What the Java virtual machine takes by itself. */
public final class Empty {
  public static void main(String[] args) {}
}
