package io.netkingdom.userengine.store.postgres.testing;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;

/**
 * A directory that nobody but its owner can look into or write to. Programs are run from there, and
 * the directory for temporary files is everybody's.
 */
final class PrivateDirectory {

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private PrivateDirectory() {}

  /**
   * Makes a directory, or takes one that an earlier process of the same user made.
   *
   * @param parent a directory in which others cannot replace what is ours: one of our own, or one
   *     with the sticky bit
   * @throws IOException if what is there is somebody else's, a link, or open to others; nothing of
   *     it is used then
   */
  static Path in(Path parent, String name) throws IOException {
    Path directory = parent.resolve(name);
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      // On Windows the directory for temporary files is each user's own.
      return Files.createDirectories(directory);
    }
    try {
      Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    } catch (FileAlreadyExistsException e) {
      // Whose it is and who may write there is looked at in either case.
    }
    PosixFileAttributes found =
        Files.readAttributes(directory, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!found.isDirectory()
        || !found.permissions().equals(OWNER_ONLY)
        || !found.owner().equals(ourselves(parent))) {
      throw new IOException(
          directory
              + " is no directory of this user's alone (mode 0700, no link); programs would be run"
              + " from there: remove it, or set java.io.tmpdir to a directory of your own");
    }
    return directory;
  }

  /** The owner that new files get: the name of a user does not tell which one this process is. */
  private static UserPrincipal ourselves(Path parent) throws IOException {
    Path probe = Files.createTempFile(parent, "user-engine", null);
    try {
      return Files.getOwner(probe, LinkOption.NOFOLLOW_LINKS);
    } finally {
      Files.delete(probe);
    }
  }
}
