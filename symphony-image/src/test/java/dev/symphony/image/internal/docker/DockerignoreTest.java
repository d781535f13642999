package dev.symphony.image.internal.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.symphony.engine.SymphonyException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DockerignoreTest {
  /** Lines of the file are parted by a bar. */
  @ParameterizedTest(name = "{0} on {1}: {2}")
  @CsvSource({
    "a,           a,           true",
    "a,           a/b/c,       true",
    "a,           b/a,         false",
    "a,           ab,          false",
    "/a,          a,           true",
    "./a/,        a/b,         true",
    "x/../a,      a,           true",
    "../a,        a,           false",
    "*.class,     A.class,     true",
    "*.class,     b/A.class,   false",
    "*/*.class,   b/A.class,   true",
    "**/*.class,  A.class,     true",
    "**/*.class,  b/c/A.class, true",
    "**,          a/b,         true",
    "a/**,        a,           false",
    "a/**,        a/b/c,       true",
    "a/**/z,      a/z,         true",
    "a/**/z,      a/b/c/z,     true",
    "a?c,         abc,         true",
    "a?c,         a/c,         false",
    "a[0-9],      a7,          true",
    "a[^0-9],     a7,          false",
    "a[^0-9],     ab,          true",
    "a[^0-9]b,    a/b,         false",
    "a[-&[d],     a[,          true",
    "a[\\d],      a7,          false",
    "a[\\d],      ad,          true",
    "a\\*,        a*,          true",
    "a\\*,        ab,          false",
    "a.c+(x)$,    a.c+(x)$,    true",
    "a.c,         abc,         false",
    "ä€😀?,       ä€😀b,       true",
    "#a,          #a,          false",
    "'  a  ',     a,           true",
    "'  #a',      #a,          true",
    "/,           a,           false",
    ".,           a,           false",
    "*|!a,        a,           false",
    "*|!a,        a/b,         false",
    "*|!a,        b,           true",
    "*|! a/b,     a/b,         false",
    "*|!a/b,      a/c,         true",
    "!a|a,        a,           true",
    "a|!a/b|a/b/c, a/b/c,      true",
    "a|!a/b|a/b/c, a/b/d,      false",
    "\ufeffa,     a,           true",
    "'',          a,           false",
  })
  void excludesWhatDockerExcludes(String lines, String path, boolean excluded) {
    Dockerignore ignored = Dockerignore.parse(lines.replace('|', '\n'), "test");
    assertEquals(excluded, ignored.excludes(path));
  }

  @ParameterizedTest
  @CsvSource({"!", "[a", "a\\"})
  void namesTheLineThatIsNoPattern(String pattern) {
    SymphonyException problem =
        assertThrows(
            SymphonyException.class, () -> Dockerignore.parse("a\r\n\r\n" + pattern, "x/.y"));
    assertEquals(true, problem.getMessage().startsWith("x/.y line 3: '"), problem.getMessage());
  }

  @Test
  void knowsWhetherThereAreExceptions() {
    assertEquals(false, Dockerignore.parse("a\n#!b", "test").hasExceptions());
    assertEquals(true, Dockerignore.parse("a\n!b", "test").hasExceptions());
  }
}
