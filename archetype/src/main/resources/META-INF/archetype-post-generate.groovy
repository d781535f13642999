import javax.lang.model.SourceVersion

// In batch mode nobody has looked at the values, and by now the project is there: it goes again.
def given = request.properties
def wrong = [
  ["artifactId", request.artifactId, request.artifactId ==~ /\w[\w.-]*/, "made of letters, digits, '_', '-' and '.'"],
  ["package", request.package, SourceVersion.isName(request.package), "the name of a Java package"],
  ["javaVersion", given.javaVersion, given.javaVersion in ["17", "21", "25"], "17, 21 or 25"],
  ["defaultBackend", given.defaultBackend, given.defaultBackend in ["local", "tmux", "kube"], "local, tmux or kube"],
].find { !it[2] }

if (wrong) {
  def sources = request.package.replace(".", "/")
  def project = new File(request.outputDirectory, request.artifactId)
  // The generator overwrites nothing, so all of these are new; folders go where they are empty.
  [
    "pom.xml", "README.md", ".gitignore", ".symphony.yml",
    *["Main", "Server", "Worker", "Connection"].collect { "src/main/java/$sources/${it}.java" },
    *["ExperimentTest", "WorkerTest"].collect { "src/test/java/$sources/${it}.java" },
  ].each {
    for (def file = new File(project, it); file != project.parentFile && file.delete(); ) {
      file = file.parentFile
    }
  }
  throw new IllegalArgumentException("-D${wrong[0]}=${wrong[1]} is not ${wrong[3]}; nothing was generated")
}
