package io.netkingdom.userengine.store.memory.broken;

import io.netkingdom.userengine.store.Json;
import io.netkingdom.userengine.store.Json.JsonObject;
import io.netkingdom.userengine.store.ProfileDocument;
import io.netkingdom.userengine.store.ProfileKey;
import io.netkingdom.userengine.store.ProfileRepository;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.UpsertResult;
import io.netkingdom.userengine.store.UserId;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/** What goes wrong with profile documents. */
final class ProfileSins {

  private ProfileSins() {}

  static List<BrokenStore> all() {
    return List.of(
        new NamespacesFoldCase(),
        new MergesOneLevel(),
        new NullsAreStored(),
        new ReplaceMerges(),
        new IgnoresTheExpectedVersion(),
        new NumbersAreDoubles(),
        new MergesBeyondTheLimit(),
        new MergesIntoWhatWasThereBefore(),
        new DocumentsCompareAsText(),
        new OrphanedProfiles(),
        new DeletesAllProfiles(),
        new DocumentTooLong(),
        new Utf16Namespaces());
  }

  private static JsonObject shallow(Optional<ProfileDocument> stored, JsonObject patch) {
    Map<String, Json> members = new LinkedHashMap<>();
    stored.ifPresent(document -> members.putAll(document.document().members()));
    patch
        .members()
        .forEach(
            (key, value) -> {
              if (value.equals(Json.JsonNull.NULL)) {
                members.remove(key);
              } else {
                members.put(key, value);
              }
            });
    return new JsonObject(members);
  }

  private static final class NamespacesFoldCase extends BrokenStore {
    NamespacesFoldCase() {
      kills("PRF-01", "storing a document where there is none: expected Created");
      kills("PRF-12", "the namespaces of the user's documents");
    }

    @Override
    ProfileRepository profiles(Repositories records) {
      return new ForwardingProfiles(records.profiles()) {
        private ProfileKey folded(ProfileKey key) {
          return ProfileKey.of(key.userId(), key.namespace().toLowerCase(Locale.ROOT));
        }

        @Override
        public Optional<ProfileDocument> find(ProfileKey key) {
          return super.find(folded(key));
        }

        @Override
        public UpsertResult<ProfileDocument> replace(
            ProfileKey key, JsonObject document, OptionalLong expectedVersion) {
          return super.replace(folded(key), document, expectedVersion);
        }
      };
    }
  }

  /** As {@code document || patch} does. */
  private static final class MergesOneLevel extends BrokenStore {
    MergesOneLevel() {
      kills("PRF-02", "merged into {\"a\":{\"b\":\"c\"}}");
    }

    @Override
    ProfileRepository profiles(Repositories records) {
      return new ForwardingProfiles(records.profiles()) {
        @Override
        public UpsertResult<ProfileDocument> merge(
            ProfileKey key, JsonObject patch, OptionalLong expectedVersion) {
          return super.replace(key, shallow(find(key), patch), expectedVersion);
        }
      };
    }
  }

  private static final class NullsAreStored extends BrokenStore {
    NullsAreStored() {
      kills("PRF-02", "merging into none is merging into an empty document");
    }

    @Override
    ProfileRepository profiles(Repositories records) {
      return new ForwardingProfiles(records.profiles()) {
        @Override
        public UpsertResult<ProfileDocument> merge(
            ProfileKey key, JsonObject patch, OptionalLong expectedVersion) {
          return find(key).isPresent()
              ? super.merge(key, patch, expectedVersion)
              : super.replace(key, patch, expectedVersion);
        }
      };
    }
  }

  private static final class ReplaceMerges extends BrokenStore {
    ReplaceMerges() {
      kills("PRF-03", "the document that replaced another");
    }

    @Override
    ProfileRepository profiles(Repositories records) {
      return new ForwardingProfiles(records.profiles()) {
        @Override
        public UpsertResult<ProfileDocument> replace(
            ProfileKey key, JsonObject document, OptionalLong expectedVersion) {
          return super.replace(key, shallow(find(key), document), expectedVersion);
        }
      };
    }
  }

  private static final class IgnoresTheExpectedVersion extends BrokenStore {
    IgnoresTheExpectedVersion() {
      kills("PRF-04", "0 for none: expected StaleVersion, but it returned normally");
      kills("PRF-13", "how many of the writers of one version won: expected 1, but was 8");
    }

    @Override
    ProfileRepository profiles(Repositories records) {
      return new ForwardingProfiles(records.profiles()) {
        @Override
        public UpsertResult<ProfileDocument> replace(
            ProfileKey key, JsonObject document, OptionalLong expectedVersion) {
          return super.replace(key, document, OptionalLong.empty());
        }

        @Override
        public UpsertResult<ProfileDocument> merge(
            ProfileKey key, JsonObject patch, OptionalLong expectedVersion) {
          return super.merge(key, patch, OptionalLong.empty());
        }
      };
    }
  }

  private static final class NumbersAreDoubles extends BrokenStore {
    NumbersAreDoubles() {
      kills("PRF-05", "the document that was replaced");
      kills("PRF-08", "the version after the last of many digits changed");
    }

    @Override
    ProfileRepository profiles(Repositories records) {
      return new ForwardingProfiles(records.profiles()) {
        @Override
        public UpsertResult<ProfileDocument> replace(
            ProfileKey key, JsonObject document, OptionalLong expectedVersion) {
          return super.replace(key, rounded(document), expectedVersion);
        }

        @Override
        public UpsertResult<ProfileDocument> merge(
            ProfileKey key, JsonObject patch, OptionalLong expectedVersion) {
          return super.merge(key, rounded(patch), expectedVersion);
        }
      };
    }

    private static JsonObject rounded(JsonObject document) {
      Map<String, Json> members = new LinkedHashMap<>(document.members());
      members.replaceAll(
          (key, value) ->
              value instanceof Json.JsonNumber number
                      && Double.isFinite(number.value().doubleValue())
                  ? Json.of(number.value().doubleValue())
                  : value);
      return new JsonObject(members);
    }
  }

  private static final class MergesBeyondTheLimit extends BrokenStore {
    MergesBeyondTheLimit() {
      kills("PRF-06", "merging to more than the longest document: expected InvalidInput");
      kills("PRF-11", "merging to one byte more than the longest document: expected InvalidInput");
    }

    @Override
    ProfileRepository profiles(Repositories records) {
      return new ForwardingProfiles(records.profiles()) {
        @Override
        public UpsertResult<ProfileDocument> merge(
            ProfileKey key, JsonObject patch, OptionalLong expectedVersion) {
          try {
            return super.merge(key, patch, expectedVersion);
          } catch (StoreException.InvalidInput e) {
            return super.replace(key, patch, expectedVersion);
          }
        }
      };
    }
  }

  /** As where a merge is a read and a write, and another one comes in between. */
  private static final class MergesIntoWhatWasThereBefore extends BrokenStore {
    private final Map<ProfileKey, JsonObject> before = new ConcurrentHashMap<>();

    MergesIntoWhatWasThereBefore() {
      kills("PRF-07", "the document after concurrent merges");
    }

    @Override
    ProfileRepository profiles(Repositories records) {
      return new ForwardingProfiles(records.profiles()) {
        @Override
        public UpsertResult<ProfileDocument> merge(
            ProfileKey key, JsonObject patch, OptionalLong expectedVersion) {
          // Deleting nothing takes the writer's lock, so that nothing changes after the next read.
          honest.delete(ProfileKey.of(key.userId(), "nothing"));
          Optional<ProfileDocument> seen = find(key);
          JsonObject stale = before.getOrDefault(key, Json.object());
          before.put(key, seen.map(ProfileDocument::document).orElse(Json.object()));
          return seen.isPresent() && expectedVersion.isEmpty() && seen.get().version() % 3 == 0
              ? super.replace(
                  key,
                  shallow(
                      seen.map(
                          document ->
                              new ProfileDocument(
                                  key, stale, document.lastModified(), document.version())),
                      patch),
                  expectedVersion)
              : super.merge(key, patch, expectedVersion);
        }
      };
    }
  }

  private static final class DocumentsCompareAsText extends BrokenStore {
    DocumentsCompareAsText() {
      kills("PRF-08", "a change to an equal document: expected Unchanged");
    }

    @Override
    ProfileRepository profiles(Repositories records) {
      return new ForwardingProfiles(records.profiles()) {
        @Override
        public UpsertResult<ProfileDocument> replace(
            ProfileKey key, JsonObject document, OptionalLong expectedVersion) {
          Optional<ProfileDocument> stored = find(key);
          UpsertResult<ProfileDocument> result = super.replace(key, document, expectedVersion);
          if (result instanceof UpsertResult.Unchanged<ProfileDocument>
              && stored
                  .filter(same -> !same.document().toString().equals(document.toString()))
                  .isPresent()) {
            super.replace(key, Json.object("in", "between"), OptionalLong.empty());
            return super.replace(key, document, OptionalLong.empty());
          }
          return result;
        }
      };
    }
  }

  /** As a table of documents does that has no foreign key. */
  private static final class OrphanedProfiles extends BrokenStore {
    private final Map<ProfileKey, ProfileDocument> documents = new ConcurrentHashMap<>();

    OrphanedProfiles() {
      kills("PRF-09", "storing an unknown user's document: expected UnknownReference");
      kills("PRF-14", "a document has a user");
      kills("DEL-01", "find of a profile");
      kills("DEL-03", "find of a profile");
    }

    @Override
    ProfileRepository profiles(Repositories records) {
      return new ForwardingProfiles(records.profiles()) {
        @Override
        public UpsertResult<ProfileDocument> replace(
            ProfileKey key, JsonObject document, OptionalLong expectedVersion) {
          try {
            return kept(super.replace(key, document, expectedVersion));
          } catch (StoreException.UnknownReference e) {
            return kept(
                new UpsertResult.Created<>(new ProfileDocument(key, document, memory().now(), 1)));
          }
        }

        @Override
        public UpsertResult<ProfileDocument> merge(
            ProfileKey key, JsonObject patch, OptionalLong expectedVersion) {
          return kept(super.merge(key, patch, expectedVersion));
        }

        private UpsertResult<ProfileDocument> kept(UpsertResult<ProfileDocument> result) {
          documents.put(result.record().key(), result.record());
          return result;
        }

        @Override
        public boolean delete(ProfileKey key) {
          documents.remove(key);
          return super.delete(key);
        }

        @Override
        public Optional<ProfileDocument> find(ProfileKey key) {
          return super.find(key).or(() -> Optional.ofNullable(documents.get(key)));
        }
      };
    }
  }

  private static final class DeletesAllProfiles extends BrokenStore {
    DeletesAllProfiles() {
      kills("PRF-10", "the documents that are left");
    }

    @Override
    ProfileRepository profiles(Repositories records) {
      return new ForwardingProfiles(records.profiles()) {
        @Override
        public boolean delete(ProfileKey key) {
          boolean deleted = super.delete(key);
          findByUser(key.userId()).forEach(other -> honest.delete(other.key()));
          return deleted;
        }
      };
    }
  }

  /** As a column does that ends at 64 KiB. */
  private static final class DocumentTooLong extends BrokenStore {
    DocumentTooLong() {
      kills("PRF-11", "unexpected EngineFailure");
    }

    @Override
    ProfileRepository profiles(Repositories records) {
      return new ForwardingProfiles(records.profiles()) {
        @Override
        public UpsertResult<ProfileDocument> replace(
            ProfileKey key, JsonObject document, OptionalLong expectedVersion) {
          if (document.toString().length() > 65_536) {
            throw new StoreException.EngineFailure("value too long", null);
          }
          return super.replace(key, document, expectedVersion);
        }
      };
    }
  }

  private static final class Utf16Namespaces extends BrokenStore {
    Utf16Namespaces() {
      kills("PRF-12", "the namespaces of the user's documents");
    }

    @Override
    ProfileRepository profiles(Repositories records) {
      return new ForwardingProfiles(records.profiles()) {
        @Override
        public List<ProfileDocument> findByUser(UserId userId) {
          return super.findByUser(userId).stream()
              .sorted(Comparator.comparing(document -> document.key().namespace()))
              .toList();
        }
      };
    }
  }
}
