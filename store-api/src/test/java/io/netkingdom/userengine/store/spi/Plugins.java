package io.netkingdom.userengine.store.spi;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/**
 * A class loader as a container has it: sees the API, and of providers only those in its own jars,
 * which it prefers to its parent's.
 */
final class Plugins extends URLClassLoader {

  private static final String SERVICES_FILE =
      "META-INF/services/" + ConnectionProvider.class.getName();

  private final Set<String> hidden;

  private Plugins(URL[] jars, Set<String> hidden) {
    super("plugins", jars, ConnectionProvider.class.getClassLoader());
    this.hidden = hidden;
  }

  static Plugins of(Path... jars) {
    return new Plugins(
        Arrays.stream(jars).map(Plugins::url).toArray(URL[]::new),
        Set.of(Providers.Gone.class.getName()));
  }

  /** A jar of these classes, and a services file that names them. */
  static Path jar(Path file, Class<?>... providers) {
    return jar(file, Arrays.stream(providers).map(Class::getName).toList(), providers);
  }

  /** A jar of these classes, and a services file of these lines. */
  static Path jar(Path file, Iterable<String> services, Class<?>... classes) {
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out)) {
      jar.putNextEntry(new JarEntry(SERVICES_FILE));
      jar.write((String.join("\n", services) + "\n").getBytes(StandardCharsets.UTF_8));
      for (Class<?> type : classes) {
        String entry = type.getName().replace('.', '/') + ".class";
        jar.putNextEntry(new JarEntry(entry));
        try (InputStream in = type.getResourceAsStream("/" + entry)) {
          if (in == null) {
            throw new IllegalArgumentException(entry);
          }
          in.transferTo(jar);
        }
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static URL url(Path file) {
    try {
      return file.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      if (hidden.contains(name)) {
        throw new ClassNotFoundException(name);
      }
      if (findLoadedClass(name) == null
          && findResource(name.replace('.', '/') + ".class") != null) {
        return findClass(name);
      }
      return super.loadClass(name, resolve);
    }
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    return name.equals(SERVICES_FILE) ? findResources(name) : super.getResources(name);
  }
}
