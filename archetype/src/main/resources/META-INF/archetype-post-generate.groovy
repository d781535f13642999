import javax.lang.model.SourceVersion

// In batch mode nobody has looked at the values, and by now the project is there: it goes again.
def wrong = [
  [SourceVersion.isName(request.package), "package", "the name of a Java package"],
  [request.properties.javaVersion in ["17", "21", "25"], "javaVersion", "17, 21 or 25"],
  [request.properties.defaultBackend in ["local", "tmux", "kube"], "defaultBackend", "local, tmux or kube"],
].find { !it[0] }

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
  throw new IllegalArgumentException(
      "-D${wrong[1]}=${wrong[1] == "package" ? request.package : request.properties[wrong[1]]} is not ${wrong[2]}; nothing was generated")
}
