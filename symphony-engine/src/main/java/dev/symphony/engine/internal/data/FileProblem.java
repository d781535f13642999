package dev.symphony.engine.internal.data;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** The words for what went wrong with a file. */
public final class FileProblem {
  private FileProblem() {}

  /** The reason alone, without the file, in a few lower-case words: {@code permission denied}. */
  public static String reason(IOException problem) {
    if (problem instanceof NoSuchFileException) {
      return "no such file or directory";
    }
    if (problem instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (problem instanceof FileAlreadyExistsException) {
      return "it exists already";
    }
    if (problem instanceof NotDirectoryException) {
      return "not a directory";
    }
    if (problem instanceof DirectoryNotEmptyException) {
      return "the directory is not empty";
    }
    if (problem instanceof CharacterCodingException) {
      return "it is not UTF-8 text";
    }
    String words =
        problem instanceof FileSystemException file ? file.getReason() : problem.getMessage();
    return words == null || words.isEmpty() ? problem.getClass().getSimpleName() : lower(words);
  }

  private static String lower(String words) {
    boolean isWord = words.length() > 1 && Character.isLowerCase(words.charAt(1));
    return isWord ? Character.toLowerCase(words.charAt(0)) + words.substring(1) : words;
  }
}
