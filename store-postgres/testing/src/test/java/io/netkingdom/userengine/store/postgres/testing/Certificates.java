package io.netkingdom.userengine.store.postgres.testing;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Two certificate authorities, a server's certificate for {@code localhost} and a client's, made
 * with the JDK's keytool.
 *
 * @param directory where the files are
 */
record Certificates(Path directory) {

  private static final String PASSWORD = "of-the-key-store";

  /** Makes them. */
  static Certificates make(Path directory) throws IOException, GeneralSecurityException {
    Certificates certificates = new Certificates(directory);
    certificates.authority("ca");
    certificates.authority("other-ca");
    certificates.signed("server", "localhost", List.of("-ext", "san=dns:localhost"));
    certificates.signed("client", "app", List.of());
    certificates.writePem("server");
    Files.write(certificates.clientKey(), certificates.key("client").getEncoded());
    ownersAlone(certificates.clientKey());
    return certificates;
  }

  /** The certificate of the authority that signed the others. */
  Path root() {
    return directory.resolve("ca.crt");
  }

  /** The certificate of an authority that signed none of them. */
  Path otherRoot() {
    return directory.resolve("other-ca.crt");
  }

  Path server() {
    return directory.resolve("server.crt");
  }

  Path serverKey() {
    return directory.resolve("server.key");
  }

  Path client() {
    return directory.resolve("client.crt");
  }

  /** In PKCS#8, binary: the one form that all drivers read. */
  Path clientKey() {
    return directory.resolve("client.pk8");
  }

  private void authority(String name) throws IOException {
    keytool(
        name,
        List.of(
            "-genkeypair",
            "-keyalg",
            "RSA",
            "-keysize",
            "2048",
            "-dname",
            "CN=" + name,
            "-ext",
            "bc:c"));
    keytool(name, List.of("-exportcert", "-rfc", "-file", file(name + ".crt")));
  }

  private void signed(String name, String subject, List<String> extensions) throws IOException {
    keytool(
        name,
        List.of("-genkeypair", "-keyalg", "RSA", "-keysize", "2048", "-dname", "CN=" + subject));
    keytool(name, List.of("-certreq", "-file", file(name + ".csr")));
    List<String> sign =
        new ArrayList<>(
            List.of(
                "-gencert",
                "-infile",
                file(name + ".csr"),
                "-outfile",
                file(name + ".crt"),
                "-rfc"));
    sign.addAll(extensions);
    keytool("ca", sign);
  }

  private void writePem(String name) throws IOException, GeneralSecurityException {
    String body =
        Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key(name).getEncoded());
    Files.writeString(
        serverKey(), "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n");
    ownersAlone(serverKey());
  }

  /** Servers, and some drivers, do not take a key that others can read. */
  private static void ownersAlone(Path key) throws IOException {
    if (File.separatorChar == '/') {
      Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    }
  }

  private Key key(String name) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(directory.resolve(name + ".p12"))) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store.getKey(name, PASSWORD.toCharArray());
  }

  private String file(String name) {
    return directory.resolve(name).toString();
  }

  private void keytool(String store, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(arguments);
    command.addAll(
        List.of(
            "-alias",
            store,
            "-keystore",
            file(store + ".p12"),
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD,
            "-noprompt",
            // It runs for a moment.
            "-J-XX:TieredStopAtLevel=1"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException("keytool " + arguments.get(0) + ": " + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("keytool was interrupted", e);
    }
  }
}
