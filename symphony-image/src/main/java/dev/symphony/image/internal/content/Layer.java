package dev.symphony.image.internal.content;

import java.util.List;

/**
 * Files that go into an image together.
 *
 * @param name what people call it, such as {@code classes}
 * @param files in the order of their paths; never empty
 */
public record Layer(String name, List<LayerFile> files) {
  /** Copies. */
  public Layer {
    files = List.copyOf(files);
  }

  /** Of all files together, in bytes. */
  public long size() {
    return files.stream().mapToLong(LayerFile::size).sum();
  }

  /** The same for the same names and bytes, wherever the files are. */
  public String description() {
    StringBuilder text = new StringBuilder(4096);
    for (LayerFile file : files) {
      text.append(file.path()).append(' ').append(file.size()).append(' ');
      text.append(file.hash()).append(file.executable() ? " x\n" : "\n");
    }
    return text.toString();
  }
}
