package dev.symphony.commandline;

import dev.symphony.engine.Cluster;
import dev.symphony.engine.NotFoundException;
import java.util.List;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/** A program with commands of its own and no backend. */
class TinyParser extends TinyBase {
  Namespace seen;
  List<String> rest;
  String cluster;

  @Override
  protected Cluster createCluster() {
    throw new AssertionError("a cluster was asked for");
  }

  @Override
  protected String programName() {
    return "tiny";
  }

  @Override
  protected void setup() {
    super.setup();
    addClusterOption("local");
    Subparser create = addSubparser("create", "c").help("launch well-known things");
    create.addArgument("name").nargs("?").setDefault("rl");
    create.addArgument("-n", "--agents").type(Integer.class).setDefault(2).help("how many");
    addLaunchArguments(create);
    addSubparser("say-hello").help("greet");
    addSubparser("inherited-one").help("from above");
    addSubparser("overridden-one").help("from above, changed");
    addSubparser("fail").help("throw what is asked for").addArgument("how");
    addSubparser("by-reference", this::anyName, "br").help("given as a method");
    addSubparser("by-void-reference", this::anyVoid).help("given as a void method");
  }

  public int actionCreate(Namespace args) {
    seen = args;
    rest = remainder();
    cluster = clusterName();
    return 7;
  }

  protected void actionSayHello(Namespace args) {
    seen = args;
  }

  @Override
  protected int actionOverriddenOne(Namespace args) {
    return 12;
  }

  public void actionFail(Namespace args) throws Exception {
    switch (args.getString("how")) {
      case "checked" -> throw new Exception("on purpose");
      case "error" -> throw new StackOverflowError();
      default -> throw new NotFoundException("there is no such thing\nnor another");
    }
  }

  private int anyName(Namespace args) {
    return 21;
  }

  private void anyVoid(Namespace args) {
    seen = args;
  }
}
