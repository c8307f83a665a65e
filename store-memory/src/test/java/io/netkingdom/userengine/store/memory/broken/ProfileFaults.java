package io.netkingdom.userengine.store.memory.broken;

import static io.netkingdom.userengine.store.memory.broken.FaultyStore.fault;
import static io.netkingdom.userengine.store.memory.broken.FaultyStore.profiles;

import io.netkingdom.userengine.store.Json;
import io.netkingdom.userengine.store.Json.JsonObject;
import io.netkingdom.userengine.store.ProfileDocument;
import io.netkingdom.userengine.store.ProfileKey;
import io.netkingdom.userengine.store.ProfileRepository;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.UpsertResult;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What goes wrong with profile documents. */
final class ProfileFaults {

  private ProfileFaults() {}

  static List<FaultyStore> all() {
    return List.of(
        profiles("NamespacesFoldCase")
            .find((honest, key) -> honest.find(folded(key)))
            .profiles()
            .replace((honest, key, json, version) -> honest.replace(folded(key), json, version))
            .mustFail("PRF-01", "storing a document where there is none: expected Created")
            .mustFail("PRF-12", "the namespaces of the user's documents"),
        // As the operator || does in PostgreSQL.
        profiles("MergesOneLevel")
            .merge(
                (honest, key, patch, version) ->
                    honest.replace(key, shallow(stored(honest, key), patch), version))
            .mustFail("PRF-02", "merged into {\"a\":{\"b\":\"c\"}}"),
        profiles("NullsAreStored")
            .merge(
                (honest, key, patch, version) ->
                    honest.find(key).isPresent()
                        ? honest.merge(key, patch, version)
                        : honest.replace(key, patch, version))
            .mustFail("PRF-02", "merging into none is merging into an empty document"),
        profiles("ReplaceMerges")
            .replace(
                (honest, key, json, version) ->
                    honest.replace(key, shallow(stored(honest, key), json), version))
            .mustFail("PRF-03", "the document that replaced another"),
        profiles("IgnoresTheExpectedVersion")
            .replace((honest, key, json, version) -> honest.replace(key, json))
            .profiles()
            .merge((honest, key, patch, version) -> honest.merge(key, patch))
            .mustFail("PRF-04", "0 for none: expected StaleVersion, but it returned normally")
            .mustFail(
                "PRF-13", "how many of the writers of one version won: expected 1, but was 8"),
        profiles("NumbersAreDoubles")
            .replace((honest, key, json, version) -> honest.replace(key, rounded(json), version))
            .profiles()
            .merge((honest, key, patch, version) -> honest.merge(key, rounded(patch), version))
            .mustFail("PRF-05", "the document that was replaced")
            .mustFail("PRF-08", "the version after the last of many digits changed"),
        profiles("MergesBeyondTheLimit")
            .merge(
                (honest, key, patch, version) -> {
                  try {
                    return honest.merge(key, patch, version);
                  } catch (StoreException.InvalidInput e) {
                    return honest.replace(key, patch, version);
                  }
                })
            .mustFail("PRF-06", "merging to more than the longest document: expected InvalidInput")
            .mustFail(
                "PRF-11",
                "merging to one byte more than the longest document: expected InvalidInput"),
        mergesIntoWhatWasThereBefore(),
        profiles("DocumentsCompareAsText")
            .replace(
                (honest, key, json, version) -> {
                  String text = stored(honest, key).toString();
                  UpsertResult<ProfileDocument> result = honest.replace(key, json, version);
                  if (!(result instanceof UpsertResult.Unchanged<ProfileDocument>)
                      || text.equals(json.toString())) {
                    return result;
                  }
                  honest.replace(key, Json.object("in", "between"));
                  return honest.replace(key, json);
                })
            .mustFail("PRF-08", "a change to an equal document: expected Unchanged"),
        orphanedProfiles(),
        profiles("DeletesAllProfiles")
            .delete(
                (honest, key) -> {
                  boolean deleted = honest.delete(key);
                  honest.findByUser(key.userId()).forEach(other -> honest.delete(other.key()));
                  return deleted;
                })
            .mustFail("PRF-10", "the documents that are left"),
        // As a column does that ends at 64 KiB.
        profiles("DocumentTooLong")
            .replace(
                (honest, key, json, version) -> {
                  if (json.toString().length() > 65_536) {
                    throw new StoreException.EngineFailure("value too long", null);
                  }
                  return honest.replace(key, json, version);
                })
            .mustFail("PRF-11", "unexpected EngineFailure"),
        profiles("Utf16Namespaces")
            .findByUser(
                (honest, user) ->
                    honest.findByUser(user).stream()
                        .sorted(Comparator.comparing(document -> document.key().namespace()))
                        .toList())
            .mustFail("PRF-12", "the namespaces of the user's documents"));
  }

  /** As where a merge is a read and a write, and another one comes in between. */
  private static FaultyStore mergesIntoWhatWasThereBefore() {
    Map<ProfileKey, JsonObject> before = new ConcurrentHashMap<>();
    return profiles("MergesIntoWhatWasThereBefore")
        .merge(
            (honest, key, patch, version) -> {
              // Deleting nothing takes the writer's lock: nothing changes after the next read.
              honest.delete(ProfileKey.of(key.userId(), "nothing"));
              Optional<ProfileDocument> seen = honest.find(key);
              JsonObject stale = before.getOrDefault(key, Json.object());
              before.put(key, stored(honest, key));
              return seen.isPresent() && version.isEmpty() && seen.get().version() % 3 == 0
                  ? honest.replace(key, shallow(stale, patch))
                  : honest.merge(key, patch, version);
            })
        .mustFail("PRF-07", "the document after concurrent merges");
  }

  /** As a table of documents does that has no foreign key. */
  private static FaultyStore orphanedProfiles() {
    Map<ProfileKey, ProfileDocument> documents = new ConcurrentHashMap<>();
    FaultyStore store = fault("OrphanedProfiles");
    return store
        .profiles()
        .replace(
            (honest, key, json, version) -> {
              try {
                return kept(honest.replace(key, json, version), documents);
              } catch (StoreException.UnknownReference e) {
                ProfileDocument document = new ProfileDocument(key, json, store.memory().now(), 1);
                return kept(new UpsertResult.Created<>(document), documents);
              }
            })
        .profiles()
        .merge((honest, key, patch, version) -> kept(honest.merge(key, patch, version), documents))
        .profiles()
        .delete(
            (honest, key) -> {
              documents.remove(key);
              return honest.delete(key);
            })
        .profiles()
        .find((honest, key) -> honest.find(key).or(() -> Optional.ofNullable(documents.get(key))))
        .mustFail("PRF-09", "storing an unknown user's document: expected UnknownReference")
        .mustFail("PRF-14", "a document has a user")
        .mustFail("DEL-01", "find of a profile")
        .mustFail("DEL-03", "find of a profile");
  }

  private static UpsertResult<ProfileDocument> kept(
      UpsertResult<ProfileDocument> result, Map<ProfileKey, ProfileDocument> documents) {
    documents.put(result.record().key(), result.record());
    return result;
  }

  private static ProfileKey folded(ProfileKey key) {
    return ProfileKey.of(key.userId(), key.namespace().toLowerCase(Locale.ROOT));
  }

  private static JsonObject stored(ProfileRepository honest, ProfileKey key) {
    return honest.find(key).map(ProfileDocument::document).orElse(Json.object());
  }

  private static JsonObject shallow(JsonObject document, JsonObject patch) {
    Map<String, Json> members = new LinkedHashMap<>(document.members());
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

  private static JsonObject rounded(JsonObject document) {
    Map<String, Json> members = new LinkedHashMap<>(document.members());
    members.replaceAll(
        (key, value) ->
            value instanceof Json.JsonNumber number && Double.isFinite(number.value().doubleValue())
                ? Json.of(number.value().doubleValue())
                : value);
    return new JsonObject(members);
  }
}
