package dev.symphony.image.internal.build;

import com.google.cloud.tools.jib.api.DescriptorDigest;
import com.google.cloud.tools.jib.blob.Blobs;
import com.google.cloud.tools.jib.image.Image;
import com.google.cloud.tools.jib.image.LayerCountMismatchException;
import com.google.cloud.tools.jib.image.LayerPropertyNotFoundException;
import com.google.cloud.tools.jib.image.json.BadContainerConfigurationFormatException;
import com.google.cloud.tools.jib.image.json.BuildableManifestTemplate;
import com.google.cloud.tools.jib.image.json.BuildableManifestTemplate.ContentDescriptorTemplate;
import com.google.cloud.tools.jib.image.json.ContainerConfigurationTemplate;
import com.google.cloud.tools.jib.image.json.JsonToImageTranslator;
import com.google.cloud.tools.jib.image.json.ManifestListTemplate;
import com.google.cloud.tools.jib.image.json.ManifestTemplate;
import com.google.cloud.tools.jib.image.json.V22ManifestTemplate;
import com.google.cloud.tools.jib.json.JsonTemplateMapper;
import com.google.cloud.tools.jib.registry.ManifestAndDigest;
import dev.symphony.engine.SymphonyException;
import dev.symphony.image.internal.registry.DockerConfig;
import dev.symphony.image.internal.registry.Reference;
import dev.symphony.image.internal.registry.RegistryAccess;
import dev.symphony.image.internal.store.Store;
import dev.symphony.spi.Problems;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gets base images: from what is remembered, else from their registry. */
final class BaseImages {
  private final Store store;
  private final BaseDigests digests;
  private final DockerConfig config;
  private final boolean insecure;

  BaseImages(Store store, BaseDigests digests, DockerConfig config, boolean insecure) {
    this.store = store;
    this.digests = digests;
    this.config = config;
    this.insecure = insecure;
  }

  /** Looks up the digest of a platform's manifest, and remembers it. */
  String digest(Reference base, String platform) {
    String known = digests.find(base, platform);
    return known != null ? known : String.valueOf(fetch(base, platform).reference().digest());
  }

  /** The base image for a platform, by digest where that is known. */
  BaseImage get(Reference base, String platform) {
    String digest = digests.find(base, platform);
    BaseImage kept = digest == null ? null : kept(base, digest);
    return kept != null ? kept : fetch(base, platform);
  }

  RegistryAccess open(Reference base) {
    return new RegistryAccess(base, false, null, insecure || base.isLoopback(), config);
  }

  private @Nullable BaseImage kept(Reference base, String digest) {
    String hex = digest.substring(digest.indexOf(':') + 1);
    byte[] manifest = store.read(hex + ".manifest");
    byte[] configuration = store.read(hex + ".config");
    if (manifest == null || configuration == null) {
      return null;
    }
    try {
      V22ManifestTemplate template =
          JsonTemplateMapper.readJson(manifest, V22ManifestTemplate.class);
      return new BaseImage(named(base, digest), image(base, template, configuration));
    } catch (IOException e) {
      return null;
    }
  }

  private BaseImage fetch(Reference base, String platform) {
    try (RegistryAccess access = open(base)) {
      ManifestAndDigest<ManifestTemplate> found =
          access.what("pull", client -> client.pullManifest(base.qualifier()));
      if (found.getManifest() instanceof ManifestListTemplate list) {
        String wanted = choose(base, list, platform);
        found = access.what("pull", client -> client.pullManifest(wanted));
      }
      if (!(found.getManifest() instanceof BuildableManifestTemplate manifest)) {
        throw new SymphonyException(
            "base image " + base + " is of a kind from before 2016; choose another --base-image");
      }
      V22ManifestTemplate template = plain(manifest);
      ContentDescriptorTemplate of = manifest.getContainerConfiguration();
      DescriptorDigest configurationDigest = of == null ? null : of.getDigest();
      if (configurationDigest == null) {
        throw new SymphonyException("base image " + base + " has no configuration");
      }
      byte[] configuration =
          access.what(
              "pull",
              client ->
                  Blobs.writeToByteArray(
                      client.pullBlob(configurationDigest, size -> {}, bytes -> {})));
      String digest = found.getDigest().toString();
      Image image = image(base, template, configuration);
      requirePlatform(base, image, platform);
      String hex = found.getDigest().getHash();
      store.write(hex + ".manifest", JsonTemplateMapper.toByteArray(template));
      store.write(hex + ".config", configuration);
      digests.keep(base, platform, digest);
      return new BaseImage(named(base, digest), image);
    } catch (IOException e) {
      throw new SymphonyException("cannot keep base image " + base + ": " + Problems.reason(e), e);
    }
  }

  private static V22ManifestTemplate plain(BuildableManifestTemplate manifest) {
    V22ManifestTemplate plain = new V22ManifestTemplate();
    ContentDescriptorTemplate of = manifest.getContainerConfiguration();
    if (of != null && of.getDigest() != null) {
      plain.setContainerConfiguration(of.getSize(), of.getDigest());
    }
    for (ContentDescriptorTemplate layer : manifest.getLayers()) {
      plain.addLayer(layer.getSize(), layer.getDigest());
    }
    return plain;
  }

  private static String choose(Reference base, ManifestListTemplate list, String platform) {
    int slash = platform.indexOf('/');
    List<String> found =
        list.getDigestsForPlatform(platform.substring(slash + 1), platform.substring(0, slash));
    if (found.isEmpty()) {
      throw new SymphonyException(
          "base image "
              + base
              + " is not there for "
              + platform
              + ", which the image is for; choose another --base-image");
    }
    return found.get(0);
  }

  private static void requirePlatform(Reference base, Image image, String platform) {
    String architecture = image.getArchitecture();
    String system = image.getOs();
    if (architecture == null || architecture.isEmpty() || system == null || system.isEmpty()) {
      return;
    }
    String is = system + "/" + architecture;
    if (!is.equals(platform)) {
      throw new SymphonyException(
          "base image "
              + base
              + " is for "
              + is
              + " and not for "
              + platform
              + ", which the image is for; choose another --base-image");
    }
  }

  private static Image image(
      Reference base, BuildableManifestTemplate manifest, byte[] configuration) {
    try {
      return JsonToImageTranslator.toImage(
          manifest,
          JsonTemplateMapper.readJson(configuration, ContainerConfigurationTemplate.class));
    } catch (IOException
        | LayerCountMismatchException
        | LayerPropertyNotFoundException
        | BadContainerConfigurationFormatException e) {
      throw new SymphonyException("base image " + base + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static Reference named(Reference base, String digest) {
    return new Reference(base.host(), base.repository(), base.tag(), digest);
  }
}
