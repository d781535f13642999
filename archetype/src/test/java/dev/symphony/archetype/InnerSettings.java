package dev.symphony.archetype;

import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * A copy of a settings.xml with one repository more: the local one of the build around the tests,
 * which has nearly everything already. The rest comes from where it always does, so mirrors,
 * proxies and credentials stay.
 */
final class InnerSettings {
  private static final String OUTER = "outer";

  private final Document document;

  private InnerSettings(Document document) {
    this.document = document;
  }

  /** Reads a file; one that is not there is empty. */
  static InnerSettings read(Path file) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    DocumentBuilder builder = factory.newDocumentBuilder();
    if (Files.exists(file)) {
      return new InnerSettings(builder.parse(file.toFile()));
    }
    Document empty = builder.newDocument();
    empty.appendChild(empty.createElement("settings"));
    return new InnerSettings(empty);
  }

  /** Has Maven look into a local repository before any other repository. */
  InnerSettings withRepository(Path repository) {
    Element settings = document.getDocumentElement();
    Element profile = add(child(settings, "profiles"), "profile", null);
    add(profile, "id", OUTER);
    for (String kind : new String[] {"repository", "pluginRepository"}) {
      String kinds = kind.replace("ory", "ories");
      Element entry = add(add(profile, kinds, null), kind, null);
      add(entry, "id", OUTER);
      add(entry, "url", repository.toUri().toString());
      add(add(entry, "snapshots", null), "enabled", "false");
    }
    add(child(settings, "activeProfiles"), "activeProfile", OUTER);
    return this;
  }

  /** Keeps mirrors of everything from answering for that repository, and writes the file. */
  void write(Path file) throws Exception {
    NodeList mirrored = document.getElementsByTagNameNS("*", "mirrorOf");
    for (int i = 0; i < mirrored.getLength(); i++) {
      mirrored.item(i).setTextContent(mirrored.item(i).getTextContent().trim() + ",!" + OUTER);
    }
    TransformerFactory.newInstance()
        .newTransformer()
        .transform(new DOMSource(document), new StreamResult(file.toFile()));
  }

  private Element child(Element parent, String name) {
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && name.equals(element.getLocalName())) {
        return element;
      }
    }
    return add(parent, name, null);
  }

  private Element add(Element parent, String name, String text) {
    Element element = document.createElementNS(parent.getNamespaceURI(), name);
    if (text != null) {
      element.setTextContent(text);
    }
    parent.appendChild(element);
    return element;
  }
}
