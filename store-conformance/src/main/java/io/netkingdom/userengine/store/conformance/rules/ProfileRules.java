package io.netkingdom.userengine.store.conformance.rules;

import io.netkingdom.userengine.store.Json;
import io.netkingdom.userengine.store.Json.JsonObject;
import io.netkingdom.userengine.store.Limits;
import io.netkingdom.userengine.store.ProfileDocument;
import io.netkingdom.userengine.store.ProfileKey;
import io.netkingdom.userengine.store.ProfileRepository;
import io.netkingdom.userengine.store.RecordKind;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.StoreOptions;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.UpsertResult;
import io.netkingdom.userengine.store.UpsertResult.Created;
import io.netkingdom.userengine.store.UpsertResult.Unchanged;
import io.netkingdom.userengine.store.UpsertResult.Updated;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.UserEngineStore;
import io.netkingdom.userengine.store.UserId;
import io.netkingdom.userengine.store.conformance.check.Concurrent;
import io.netkingdom.userengine.store.conformance.check.Counts;
import io.netkingdom.userengine.store.conformance.check.Messages;
import io.netkingdom.userengine.store.conformance.check.Rule;
import io.netkingdom.userengine.store.conformance.check.RuleContext;
import io.netkingdom.userengine.store.conformance.check.SettableClock;
import io.netkingdom.userengine.store.conformance.check.SteppedTransaction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Section PRF: profile documents. */
final class ProfileRules {

  private static final int THREADS = 8;
  private static final UserId NO_USER = UserId.of(UUID.nameUUIDFromBytes(new byte[] {13}));

  /** RFC 7396, appendix A, as far as both are objects; and what else goes wrong by hand. */
  private static final List<List<String>> MERGES =
      List.of(
          List.of("{'a':'b'}", "{'a':'c'}", "{'a':'c'}"),
          List.of("{'a':'b'}", "{'b':'c'}", "{'a':'b','b':'c'}"),
          List.of("{'a':'b'}", "{'a':null}", "{}"),
          List.of("{'a':'b','b':'c'}", "{'a':null}", "{'b':'c'}"),
          List.of("{'a':['b']}", "{'a':'c'}", "{'a':'c'}"),
          List.of("{'a':'c'}", "{'a':['b']}", "{'a':['b']}"),
          List.of("{'a':{'b':'c'}}", "{'a':{'b':'d','c':null}}", "{'a':{'b':'d'}}"),
          List.of("{'a':[{'b':'c'}]}", "{'a':[1]}", "{'a':[1]}"),
          List.of("{'e':null}", "{'a':1}", "{'e':null,'a':1}"),
          List.of("{}", "{'a':{'bb':{'ccc':null}}}", "{'a':{'bb':{}}}"),
          List.of("{'a':1}", "{'a':{'b':2,'c':null}}", "{'a':{'b':2}}"),
          List.of("{'a':{'b':{'c':1,'d':2}}}", "{'a':{'b':{'c':null}}}", "{'a':{'b':{'d':2}}}"),
          List.of("{'a':{'b':{'c':1}}}", "{'a':{'b':null}}", "{'a':{}}"),
          List.of("{'a':[1,2]}", "{'a':[null,{'b':null}]}", "{'a':[null,{'b':null}]}"),
          List.of("{'a':{'b':1}}", "{'a':{}}", "{'a':{'b':1}}"),
          List.of("{'a':1}", "{}", "{'a':1}"),
          List.of("{'a':1}", "{'b':null}", "{'a':1}"),
          List.of(
              "{'a.b':1,'$':2,'':3}", "{'a':{'b':4},'$':null,'':5}", "{'a.b':1,'a':{'b':4},'':5}"));

  @Rule(
      id = "PRF-01",
      sentence =
          "Each user and namespace MUST have at most one document of its own; namespaces "
              + "compare exactly.",
      since = "0.1.0")
  void eachUserAndNamespaceHasOneDocument(RuleContext t) {
    User ada = t.users().create(UserDraft.named("ada"));
    User grace = t.users().create(UserDraft.named("grace"));
    List<ProfileKey> keys =
        List.of(
            ProfileKey.of(ada.id(), "urn:app"),
            ProfileKey.of(ada.id(), "URN:app"),
            ProfileKey.of(ada.id(), "urn:app "),
            ProfileKey.of(ada.id(), "urn:_pp"),
            ProfileKey.of(ada.id(), "urn:e\u0301"),
            ProfileKey.of(ada.id(), "urn:\u00E9"),
            ProfileKey.of(grace.id(), "urn:app"));
    t.equal("find where there is no document", Optional.empty(), t.profiles().find(keys.get(0)));
    Map<ProfileKey, ProfileDocument> stored = new LinkedHashMap<>();
    for (ProfileKey key : keys) {
      UpsertResult<ProfileDocument> result =
          t.profiles().replace(key, Json.object("number", stored.size()));
      t.isA("storing a document where there is none", Created.class, result);
      t.equal("the key of the document", key, result.record().key());
      t.equal("the version of a new document", 1L, result.record().version());
      stored.put(key, result.record());
    }
    stored.forEach(
        (key, document) ->
            t.equal(
                "the document of a user and namespace",
                Optional.of(document),
                t.profiles().find(key)));
    t.profiles().replace(keys.get(0), Json.object("number", 100));
    t.equal(
        "documents", (long) keys.size(), Counts.of(t, t.records(), RecordKind.PROFILE_DOCUMENT));
    t.equal(
        "the document of another tenant",
        Optional.empty(),
        t.store().tenant(t.newTenant()).profiles().find(keys.get(0)));
  }

  @Rule(
      id = "PRF-02",
      sentence =
          "Merging MUST follow RFC 7396: members are replaced, null removes, objects merge; "
              + "none is like an empty document.",
      since = "0.1.0")
  void mergeFollowsTheRfc(RuleContext t) {
    User ada = t.users().create(UserDraft.named("ada"));
    for (int i = 0; i < MERGES.size(); i++) {
      JsonObject before = parse(MERGES.get(i).get(0));
      JsonObject patch = parse(MERGES.get(i).get(1));
      JsonObject after = parse(MERGES.get(i).get(2));
      ProfileKey key = ProfileKey.of(ada.id(), "merge-" + i);
      t.profiles().replace(key, before);
      t.equal(
          patch + " merged into " + before,
          after,
          t.profiles().merge(key, patch).record().document());
      t.equal(
          "what is stored after " + patch + " was merged into " + before,
          Optional.of(after),
          document(t, key));
      ProfileKey none = ProfileKey.of(ada.id(), "none-" + i);
      t.isA("merging into none", Created.class, t.profiles().merge(none, patch));
      t.equal(
          "merging into none is merging into an empty document: " + patch,
          t.profiles()
              .merge(ProfileKey.of(ada.id(), emptied(t, ada, i)), patch)
              .record()
              .document(),
          document(t, none).orElseThrow());
    }
  }

  private static String emptied(RuleContext t, User user, int i) {
    String namespace = "empty-" + i;
    t.profiles().replace(ProfileKey.of(user.id(), namespace), Json.object());
    return namespace;
  }

  @Rule(
      id = "PRF-03",
      sentence = "Replacing MUST leave nothing of the document before.",
      since = "0.1.0")
  void replaceIsWhole(RuleContext t) {
    ProfileKey key = ProfileKey.of(t.users().create(UserDraft.named("ada")).id(), "urn:app");
    t.profiles().replace(key, parse("{'a':1,'b':{'c':2,'d':3},'e':[1,2]}"));
    JsonObject second = parse("{'b':{'d':null},'e':[]}");
    UpsertResult<ProfileDocument> replaced = t.profiles().replace(key, second);
    t.isA("replacing", Updated.class, replaced);
    t.equal("the document that replaced another", second, replaced.record().document());
    t.equal("what is stored", Optional.of(replaced.record()), t.profiles().find(key));
    t.profiles().replace(key, Json.object());
    t.equal("a document that was emptied", Optional.of(Json.object()), document(t, key));
  }

  @Rule(
      id = "PRF-04",
      sentence =
          "A write that names a version, 0 for none, MUST fail with StaleVersion and change "
              + "nothing where another one is stored; one that names none MUST take whatever is "
              + "there.",
      since = "0.1.0")
  void takesAnExpectedVersionOrNone(RuleContext t) {
    ProfileKey key = ProfileKey.of(t.users().create(UserDraft.named("ada")).id(), "urn:app");
    ProfileRepository profiles = t.profiles();
    stale(t, 5, 0, () -> profiles.replace(key, Json.object("a", 1), OptionalLong.of(5)));
    stale(t, 1, 0, () -> profiles.merge(key, Json.object("a", 1), OptionalLong.of(1)));
    t.equal("find after that", Optional.empty(), profiles.find(key));
    t.isA(
        "storing where none is expected",
        Created.class,
        profiles.replace(key, Json.object("a", 1), OptionalLong.of(0)));
    stale(t, 0, 1, () -> profiles.replace(key, Json.object("a", 2), OptionalLong.of(0)));
    stale(t, 0, 1, () -> profiles.merge(key, Json.object("a", 1), OptionalLong.of(0)));
    t.isA(
        "replacing the version that was expected",
        Updated.class,
        profiles.replace(key, Json.object("a", 2), OptionalLong.of(1)));
    t.isA(
        "merging into the version that was expected",
        Updated.class,
        profiles.merge(key, Json.object("b", 3), OptionalLong.of(2)));
    stale(t, 1, 3, () -> profiles.replace(key, Json.object("a", 4), OptionalLong.of(1)));
    stale(t, 2, 3, () -> profiles.merge(key, Json.object("a", 4), OptionalLong.of(2)));
    stale(t, 4, 3, () -> profiles.merge(key, Json.object("a", 4), OptionalLong.of(4)));
    stale(t, 2, 3, () -> profiles.merge(key, Json.object(), OptionalLong.of(2)));
    t.equal(
        "the document after all of this", Optional.of(parse("{'a':2,'b':3}")), document(t, key));
    t.isA("replacing whatever is there", Updated.class, profiles.replace(key, Json.object("a", 5)));
    t.invalid(
        "a negative version",
        "expectedVersion",
        () -> profiles.replace(key, Json.object(), OptionalLong.of(-1)));
    t.invalid(
        "merging into a negative version",
        "expectedVersion",
        () -> profiles.merge(key, Json.object(), OptionalLong.of(-1)));
    t.equal("the document after that", Optional.of(Json.object("a", 5)), document(t, key));
  }

  private static void stale(RuleContext t, long expected, long actual, RuleContext.Action action) {
    StoreException.StaleVersion stale =
        t.fails(
            "writing where version "
                + expected
                + " is expected and "
                + actual
                + " is there, 0 for none",
            StoreException.StaleVersion.class,
            action);
    t.equal("the version that was expected", expected, stale.expected());
    t.equal("the version that is there", actual, stale.actual());
  }

  @Rule(
      id = "PRF-05",
      sentence =
          "A document MUST come back equal as JSON: every key and element, and every digit "
              + "of a number.",
      since = "0.1.0")
  void jsonIsPreserved(RuleContext t) {
    UserId user = t.users().create(UserDraft.named("ada")).id();
    String digits = "1234567890".repeat(4);
    String most = "9".repeat(Limits.JSON_NUMBER_DIGITS);
    List<String> documents =
        List.of(
            "{'a':1.10}",
            "{'a':1e2,'b':-0,'c':-0.0,'d':0.1e-5,'e':1.0E+2}",
            "{'a':" + digits + ",'b':-" + digits + ",'c':0." + digits + "}",
            "{'a':9007199254740993,'b':0.1000000000000000055511151231257827}",
            "{'a':1e-400,'b':1e399}",
            "{'a':" + most + "." + most + "}",
            "{'a':null,'b':[],'c':{},'d':'','e':[null,[],{}],'':0}",
            "{'a':true,'b':false,'c':'true','d':'null','e':'1'}",
            "{'b':1,'a':2,'\u00E9':3,'e\u0301':4,'A':5}",
            "{'a':'\\u0001\\b\\f\\n\\r\\t\\\"\\\\\\/\\u007f\\u2028\\uFEFF\\uFFFF'}",
            "{'a':'\uD83D\uDE00','\uD83D\uDE00':'\\uD83D\\uDE00','$ref':'#/','__proto__':{}}",
            "{'a b':' \\u0020 ','a.b':[[[['deep']]]]}",
            "{'text':'%_?:x${y}#{z}; -- DROP'}");
    for (int i = 0; i < documents.size(); i++) {
      JsonObject document = parse(documents.get(i));
      for (String how : List.of("replaced", "merged")) {
        ProfileKey key = ProfileKey.of(user, how + i);
        UpsertResult<ProfileDocument> result =
            how.equals("replaced")
                ? t.profiles().replace(key, document)
                : t.profiles().merge(key, Json.object("document", document));
        Json expected = how.equals("replaced") ? document : nested(document);
        t.equal("the document that was " + how, expected, result.record().document());
        t.equal("what is stored", Optional.of(expected), document(t, key));
      }
    }
  }

  /** What merging into an empty document makes of it: members that are null are gone. */
  private static JsonObject nested(JsonObject document) {
    Map<String, Json> members = new LinkedHashMap<>(document.members());
    members.values().removeIf(Json.JsonNull.NULL::equals);
    return Json.object("document", new JsonObject(members));
  }

  @Rule(
      id = "PRF-06",
      sentence =
          "Keys that occur twice, NUL, lone surrogates, numbers, depth and size beyond the "
              + "limits MUST be InvalidInput, also where they come of a merge; nothing is stored.",
      since = "0.1.0")
  void refusesWhatIsNoDocument(RuleContext t) {
    ProfileKey key = ProfileKey.of(t.users().create(UserDraft.named("ada")).id(), "urn:app");
    List<String> refused =
        List.of(
            "{'a':1,'a':1}",
            "{'a':{'b':1,'c':2,'b':3}}",
            "{'a':1,'\\u0061':2}",
            "{'a':'\\u0000'}",
            "{'\\u0000':1}",
            "{'a':'\\uD83D'}",
            "{'a':'\\uDE00\\uD83D'}",
            "{'\\uD800':1}",
            "{'a':1e400}",
            "{'a':1e200000}",
            "{'a':1e-401}",
            "{'a':1e99999999999}",
            "{'a':NaN}",
            "{'a':01}",
            "{'a':1,}",
            "{'a':1} {}",
            "{'a':" + "[".repeat(1_000) + "]".repeat(1_000) + "}",
            "{'a':" + "[".repeat(Limits.JSON_DEPTH) + "]".repeat(Limits.JSON_DEPTH) + "}",
            "{'a':'" + "x".repeat(Limits.JSON_BYTES) + "'}");
    for (String text : refused) {
      t.invalid("a document that is refused", "json", () -> t.profiles().replace(key, parse(text)));
    }
    for (String namespace : List.of("", "a\u0000", "\uD800", "a".repeat(Limits.NAMESPACE + 1))) {
      t.invalid(
          "a namespace that is refused",
          "namespace",
          () -> t.profiles().find(ProfileKey.of(key.userId(), namespace)));
    }
    t.equal("documents after that", 0L, Counts.of(t, t.records(), RecordKind.PROFILE_DOCUMENT));
    JsonObject half = Json.object("half", "x".repeat(Limits.JSON_BYTES / 2));
    t.profiles().replace(key, half);
    t.invalid(
        "merging to more than the longest document",
        "json",
        () -> t.profiles().merge(key, Json.object("other", "x".repeat(Limits.JSON_BYTES / 2))));
    t.equal("the document after that", Optional.of(half), document(t, key));
  }

  @Rule(
      id = "PRF-07",
      sentence =
          "Concurrent merges of different keys MUST lose nothing, also where they create "
              + "the document.",
      since = "0.1.0")
  void concurrentMergesLoseNothing(RuleContext t) throws Exception {
    int each = 5;
    ProfileKey key = ProfileKey.of(t.users().create(UserDraft.named("ada")).id(), "urn:app");
    Concurrent.run(
        THREADS,
        thread ->
            () -> {
              for (int i = 0; i < each; i++) {
                t.profiles()
                    .merge(key, Json.object("key-" + thread + "-" + i, i, "thread" + thread, i));
              }
              return true;
            });
    Map<String, Json> expected = new LinkedHashMap<>();
    for (int thread = 0; thread < THREADS; thread++) {
      for (int i = 0; i < each; i++) {
        expected.put("key-" + thread + "-" + i, Json.of(i));
        expected.put("thread" + thread, Json.of(i));
      }
    }
    t.equal(
        "the document after concurrent merges",
        Optional.of(new JsonObject(expected)),
        document(t, key));
    t.equal(
        "its version",
        Optional.of((long) THREADS * each),
        t.profiles().find(key).map(ProfileDocument::version));
  }

  @Rule(
      id = "PRF-08",
      sentence =
          "An effective change MUST add exactly 1 to version and set lastModified to the "
              + "later of now and the previous value plus 1 microsecond; a write that leaves an "
              + "equal document MUST be Unchanged.",
      since = "0.1.0")
  void countsEffectiveChanges(RuleContext t) {
    SettableClock clock = new SettableClock("2030-01-01T00:00:00Z");
    UserEngineStore store = t.open(StoreOptions.defaults().withClock(clock));
    ProfileRepository profiles = store.tenant(t.tenant()).profiles();
    ProfileKey key =
        ProfileKey.of(
            store.tenant(t.tenant()).users().create(UserDraft.named("ada")).id(), "urn:app");
    ProfileDocument first = profiles.replace(key, parse("{'a':1.10,'b':{'c':[1e2]}}")).record();
    t.equal(
        "lastModified of a new document",
        Instant.parse("2030-01-01T00:00:00Z"),
        first.lastModified());
    clock.set("2030-01-01T00:00:05Z");
    sameDocument(t, first, profiles.replace(key, parse("{ 'b':{'c':[100.0]}, 'a':1.1 }")));
    sameDocument(t, first, profiles.merge(key, parse("{'b':{'c':[100]},'z':null}")));
    sameDocument(t, first, profiles.merge(key, Json.object()));
    t.equal("the document after changes to the same", Optional.of(first), profiles.find(key));

    ProfileDocument second =
        profiles.merge(key, parse("{'a':1.1000000000000000000000000000000000000001}")).record();
    t.equal("the version after the last of many digits changed", 2L, second.version());
    t.equal(
        "lastModified after the clock moved on",
        Instant.parse("2030-01-01T00:00:05Z"),
        second.lastModified());
    clock.set("2020-01-01T00:00:00Z");
    ProfileDocument third = profiles.replace(key, parse("{'a':'1.1'}")).record();
    t.equal("the version after a number became text", 3L, third.version());
    t.equal(
        "lastModified after the clock went back",
        Instant.parse("2030-01-01T00:00:05.000001Z"),
        third.lastModified());
    t.equal("the stored document after changes", Optional.of(third), profiles.find(key));
  }

  private static void sameDocument(
      RuleContext t, ProfileDocument stored, UpsertResult<ProfileDocument> result) {
    t.isA("a change to an equal document", Unchanged.class, result);
    t.equal("the document after it", stored, result.record());
  }

  @Rule(
      id = "PRF-09",
      sentence =
          "Storing a document of a user who does not exist in the tenant MUST be "
              + "UnknownReference and leave nothing.",
      since = "0.1.0")
  void documentsNeedAUser(RuleContext t) {
    ProfileKey key = ProfileKey.of(NO_USER, "urn:app");
    t.refersToNothing(
        "storing an unknown user's document",
        "userId",
        () -> t.profiles().replace(key, Json.object("a", 1)));
    t.refersToNothing(
        "merging into an unknown user's document",
        "userId",
        () -> t.profiles().merge(key, Json.object("a", 1)));
    t.refersToNothing(
        "storing where an unknown user is expected to have none",
        "userId",
        () -> t.profiles().replace(key, Json.object("a", 1), OptionalLong.of(0)));
    TenantId other = t.newTenant();
    User theirs = t.store().tenant(other).users().create(UserDraft.named("ada"));
    t.refersToNothing(
        "storing a document of another tenant's user",
        "userId",
        () -> t.profiles().replace(ProfileKey.of(theirs.id(), "urn:app"), Json.object("a", 1)));
    t.equal("find of the document", Optional.empty(), t.profiles().find(key));
    t.equal("the documents of an unknown user", List.of(), t.profiles().findByUser(NO_USER));
    t.equal("deleting an unknown user's document", false, t.profiles().delete(key));
    t.equal("documents", 0L, Counts.of(t, t.records(), RecordKind.PROFILE_DOCUMENT));
  }

  @Rule(
      id = "PRF-10",
      sentence =
          "Deleting a document MUST say whether there was one, and MUST leave the others; "
              + "one that is stored again begins at version 1.",
      since = "0.1.0")
  void deletingSaysWhetherThereWasOne(RuleContext t) {
    UserId user = t.users().create(UserDraft.named("ada")).id();
    ProfileKey key = ProfileKey.of(user, "urn:app");
    t.profiles().replace(key, Json.object("a", 1));
    t.profiles().replace(key, Json.object("a", 2));
    ProfileDocument other =
        t.profiles().replace(ProfileKey.of(user, "urn:other"), Json.object()).record();
    t.equal("deleting", true, t.profiles().delete(key));
    t.equal("deleting again", false, t.profiles().delete(key));
    t.equal("find of the deleted document", Optional.empty(), t.profiles().find(key));
    t.equal("the documents that are left", List.of(other), t.profiles().findByUser(user));
    ProfileDocument again = t.profiles().merge(key, Json.object("b", 3)).record();
    t.equal("a document that was stored again", Json.object("b", 3), again.document());
    t.equal("its version", 1L, again.version());
  }

  @Rule(
      id = "PRF-11",
      sentence = "The longest and the deepest document MUST fit, also where it comes of a merge.",
      since = "0.1.0")
  void theLargestDocumentFits(RuleContext t) {
    ProfileKey key = ProfileKey.of(t.users().create(UserDraft.named("ada")).id(), "urn:app");
    // Text that nothing compresses, and so many members that spaces between them would count.
    StringBuilder text = new StringBuilder();
    t.random().ints(100_000, ' ' + 3, '[').forEach(c -> text.append((char) c));
    Map<String, Json> members = new LinkedHashMap<>();
    for (int i = 0; i < 10_000; i++) {
      members.put("k" + i, Json.of(i));
    }
    members.put("text", Json.of(text.toString()));
    JsonObject large = new JsonObject(members);
    int left = Limits.JSON_BYTES - bytes(large);
    t.isA("storing a large document", Created.class, t.profiles().replace(key, large));
    // A comma, and the braces of the patch alone do not count.
    JsonObject rest = Json.object("rest", "x".repeat(left - ",\"rest\":\"\"".length()));
    JsonObject more = Json.object("rest", "x".repeat(left - ",\"rest\":\"\"".length() + 1));
    t.invalid(
        "merging to one byte more than the longest document",
        "json",
        () -> t.profiles().merge(key, more));
    members.putAll(rest.members());
    JsonObject largest = new JsonObject(members);
    t.holds("the document is the longest one", bytes(largest) == Limits.JSON_BYTES);
    t.holds(
        "merging to the longest document gives it back",
        t.profiles().merge(key, rest).record().document().equals(largest));
    t.holds("the longest document is stored", document(t, key).equals(Optional.of(largest)));
    t.profiles().replace(key, Json.object());
    t.profiles().replace(key, largest);
    t.holds("the longest document replaces another", document(t, key).equals(Optional.of(largest)));

    int arrays = Limits.JSON_DEPTH - 1;
    JsonObject deepest = parse("{'a':" + "[".repeat(arrays) + "]".repeat(arrays) + "}");
    t.profiles().replace(key, deepest);
    t.equal("the deepest document", Optional.of(deepest), document(t, key));
    String namespace = "\uD840\uDC00".repeat(Limits.NAMESPACE);
    ProfileKey longest = ProfileKey.of(key.userId(), namespace);
    ProfileDocument document = t.profiles().replace(longest, Json.object("a", 1)).record();
    t.equal("the longest namespace", Optional.of(document), t.profiles().find(longest));
  }

  @Rule(
      id = "PRF-12",
      sentence = "A user's documents MUST be listed in code point order of their namespaces.",
      since = "0.1.0")
  void documentsAreListedByNamespace(RuleContext t) {
    UserId user = t.users().create(UserDraft.named("ada")).id();
    UserId other = t.users().create(UserDraft.named("grace")).id();
    // In code point order. By UTF-16 the last two change places; dictionaries ignore case and
    // punctuation.
    List<String> ascending =
        List.of(
            "A", "B", "a", "a b", "a-c", "ab", "b", "\u00E9", "\uA7AE", "\uFFFD", "\uD801\uDC00");
    for (int i : new int[] {5, 10, 0, 3, 8, 1, 9, 2, 7, 4, 6}) {
      t.profiles().replace(ProfileKey.of(user, ascending.get(i)), Json.object("i", i));
    }
    t.profiles().replace(ProfileKey.of(other, "a"), Json.object());
    List<ProfileDocument> documents = t.profiles().findByUser(user);
    t.equal(
        "the namespaces of the user's documents",
        ascending,
        documents.stream().map(document -> document.key().namespace()).toList());
    for (ProfileDocument document : documents) {
      t.equal("a listed document", Optional.of(document), t.profiles().find(document.key()));
    }
  }

  @Rule(
      id = "PRF-13",
      sentence =
          "Of several writers that name one version, exactly one MUST win, and the others "
              + "are told StaleVersion.",
      since = "0.1.0")
  void ofManyWritersOfOneVersionOneWins(RuleContext t) throws Exception {
    ProfileKey key = ProfileKey.of(t.users().create(UserDraft.named("ada")).id(), "urn:app");
    for (long version = 0; version < 4; version++) {
      OptionalLong expected = OptionalLong.of(version);
      List<Optional<Throwable>> outcomes =
          Concurrent.run(
              THREADS,
              thread ->
                  () ->
                      Optional.ofNullable(
                          RuleContext.thrownBy(
                              () -> {
                                JsonObject value =
                                    Json.object("by", thread, "v", expected.getAsLong());
                                if (thread % 2 == 0) {
                                  t.profiles().replace(key, value, expected);
                                } else {
                                  t.profiles().merge(key, value, expected);
                                }
                              })));
      t.equal(
          "how many of the writers of one version won",
          1L,
          outcomes.stream().filter(Optional::isEmpty).count());
      for (Optional<Throwable> outcome : outcomes) {
        outcome.ifPresent(
            told -> t.isA("what the others were told", StoreException.StaleVersion.class, told));
      }
      t.equal(
          "the version afterwards",
          Optional.of(version + 1),
          t.profiles().find(key).map(ProfileDocument::version));
    }
    SteppedTransaction.Step<Optional<Throwable>> replace =
        tx ->
            Optional.ofNullable(
                RuleContext.thrownBy(
                    () -> tx.profiles().replace(key, Json.object("v", 4), OptionalLong.of(4))));
    t.equal(
        "how many of the writers of one version won, of which one began before the other's commit",
        1L,
        1L + t.overlapping(replace, replace).filter(Optional::isEmpty).stream().count());
  }

  @Rule(
      id = "PRF-14",
      sentence =
          "Deleting a user while another transaction stores its document MUST leave no "
              + "document without a user, whichever comes first.",
      since = "0.1.0")
  void deletingAUserAndStoringLeaveNoOrphan(RuleContext t) throws Exception {
    for (boolean deletesFirst : new boolean[] {true, false}) {
      for (boolean commits : new boolean[] {true, false}) {
        String name =
            (deletesFirst ? "deleted-first" : "stored-first") + (commits ? "" : "-undone");
        UserId user = t.users().create(UserDraft.named(name)).id();
        ProfileKey key = ProfileKey.of(user, "urn:app");
        SteppedTransaction.Step<@Nullable Object> delete = tx -> tx.users().delete(user);
        SteppedTransaction.Step<@Nullable Object> store =
            tx -> tx.profiles().merge(key, Json.object("a", 1));

        SteppedTransaction first = t.begin();
        first.step(deletesFirst ? delete : store);
        SteppedTransaction second = t.begin();
        Future<@Nullable Object> step = second.start(deletesFirst ? store : delete);
        Future<?> commit = second.startCommit();
        if (commits) {
          first.commit();
        } else {
          first.rollback();
        }
        Throwable refusal = RuleContext.thrownBy(() -> SteppedTransaction.await(step));
        Throwable end = RuleContext.thrownBy(() -> SteppedTransaction.await(commit));

        boolean userThere = t.users().find(user).isPresent();
        Optional<ProfileDocument> found = t.profiles().find(key);
        t.holds(name + ": a document has a user", userThere || found.isEmpty());
        t.equal(
            name + ": the user's documents",
            found.map(List::of).orElse(List.of()),
            t.profiles().findByUser(user));
        if (refusal == null && end == null) {
          t.equal(
              name + ": whether the document is there, when the second transaction committed",
              deletesFirst,
              found.isPresent());
        } else if (deletesFirst && commits) {
          t.holds(
              name
                  + ": storing is refused with UnknownReference or Retryable, and not with "
                  + Messages.describe(refusal),
              refusal instanceof StoreException.UnknownReference
                  || refusal instanceof StoreException.Retryable);
        }
      }
    }
  }

  private static Optional<JsonObject> document(RuleContext t, ProfileKey key) {
    return t.profiles().find(key).map(ProfileDocument::document);
  }

  private static int bytes(Json json) {
    return json.toString().getBytes(StandardCharsets.UTF_8).length;
  }

  /** An object, in which quotes are written as apostrophes. */
  private static JsonObject parse(String text) {
    return (JsonObject) Json.parse(text.replace('\'', '"'));
  }
}
