package dev.symphony.commandline.internal.parse;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import net.sourceforge.argparse4j.inf.ArgumentParser;
import net.sourceforge.argparse4j.inf.ArgumentParserConfiguration;
import net.sourceforge.argparse4j.inf.ArgumentParserException;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import net.sourceforge.argparse4j.inf.Subparsers;

/** What a {@link Command} leaves to the parser of argparse4j as it is. */
abstract class ForwardingSubparser implements Subparser {
  /** The parser of this command alone. */
  abstract ArgumentParser parser();

  @Override
  public final Subparsers addSubparsers() {
    return parser().addSubparsers();
  }

  @Override
  public final Subparser version(String version) {
    parser().version(version);
    return this;
  }

  @Override
  public final Subparser setDefault(String dest, Object value) {
    parser().setDefault(dest, value);
    return this;
  }

  @Override
  public final Subparser setDefaults(Map<String, Object> values) {
    parser().setDefaults(values);
    return this;
  }

  @Override
  public final Object getDefault(String dest) {
    return parser().getDefault(dest);
  }

  @Override
  public final void printUsage() {
    parser().printUsage();
  }

  @Override
  public final void printUsage(PrintWriter writer) {
    parser().printUsage(writer);
  }

  @Override
  public final void printVersion() {
    parser().printVersion();
  }

  @Override
  public final void printVersion(PrintWriter writer) {
    parser().printVersion(writer);
  }

  @Override
  public final String formatVersion() {
    return parser().formatVersion();
  }

  @Override
  public final Namespace parseArgsOrFail(String[] args) {
    return parser().parseArgsOrFail(args);
  }

  @Override
  public final Namespace parseArgs(String[] args) throws ArgumentParserException {
    return parser().parseArgs(args);
  }

  @Override
  public final void parseArgs(String[] args, Map<String, Object> values)
      throws ArgumentParserException {
    parser().parseArgs(args, values);
  }

  @Override
  public final void parseArgs(String[] args, Object target) throws ArgumentParserException {
    parser().parseArgs(args, target);
  }

  @Override
  public final void parseArgs(String[] args, Map<String, Object> values, Object target)
      throws ArgumentParserException {
    parser().parseArgs(args, values, target);
  }

  @Override
  public final Namespace parseKnownArgsOrFail(String[] args, List<String> unknown) {
    return parser().parseKnownArgsOrFail(args, unknown);
  }

  @Override
  public final Namespace parseKnownArgs(String[] args, List<String> unknown)
      throws ArgumentParserException {
    return parser().parseKnownArgs(args, unknown);
  }

  @Override
  public final void parseKnownArgs(String[] args, List<String> unknown, Map<String, Object> values)
      throws ArgumentParserException {
    parser().parseKnownArgs(args, unknown, values);
  }

  @Override
  public final void parseKnownArgs(String[] args, List<String> unknown, Object target)
      throws ArgumentParserException {
    parser().parseKnownArgs(args, unknown, target);
  }

  @Override
  public final void parseKnownArgs(
      String[] args, List<String> unknown, Map<String, Object> values, Object target)
      throws ArgumentParserException {
    parser().parseKnownArgs(args, unknown, values, target);
  }

  @Override
  public final void handleError(ArgumentParserException e) {
    parser().handleError(e);
  }

  @Override
  public final void handleError(ArgumentParserException e, PrintWriter writer) {
    parser().handleError(e, writer);
  }

  @Override
  public final ArgumentParserConfiguration getConfig() {
    return parser().getConfig();
  }
}
