package io.netkingdom.userengine.store.conformance.rules;

import io.netkingdom.userengine.store.AuditDraft;
import io.netkingdom.userengine.store.AuditFilter;
import io.netkingdom.userengine.store.AuditSubject;
import io.netkingdom.userengine.store.ExternalId;
import io.netkingdom.userengine.store.FederatedIdentityDraft;
import io.netkingdom.userengine.store.GroupDraft;
import io.netkingdom.userengine.store.IdentityKey;
import io.netkingdom.userengine.store.Json;
import io.netkingdom.userengine.store.Limits;
import io.netkingdom.userengine.store.OutboxDraft;
import io.netkingdom.userengine.store.OutboxRecord;
import io.netkingdom.userengine.store.PageRequest;
import io.netkingdom.userengine.store.ProfileDocument;
import io.netkingdom.userengine.store.ProfileKey;
import io.netkingdom.userengine.store.RecordKind;
import io.netkingdom.userengine.store.Repositories;
import io.netkingdom.userengine.store.SignIn;
import io.netkingdom.userengine.store.User;
import io.netkingdom.userengine.store.UserDraft;
import io.netkingdom.userengine.store.conformance.check.Rule;
import io.netkingdom.userengine.store.conformance.check.RuleContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Section TXT, second part: input that engines, drivers and parsers have tripped over. */
final class HostileInputRules {

  /** Every field of free text that is not a canonical key takes these, and gives them back. */
  private static final List<String> ACCEPTED =
      List.of(
          " ",
          "'",
          "\"",
          "\\",
          "\\\\' OR 1=1 --",
          "%_",
          "$1 ? :a {0} ${b}",
          "\r\n",
          "\u001B[31mred\u001B[0m",
          "\u0130\u0131\u03A3\u03C2\u00DF\u212A",
          "\uFF21\uFF22",
          "\u0378 is not assigned",
          "\uDBFF\uDFFF",
          "e\u0301",
          "null",
          "{}",
          "\\u0000");

  /** And refuses these. */
  private static final List<String> REFUSED =
      List.of("\u0000", "a\u0000b", "\uD800", "\uDC00", "a\uD800b", "\uDC00\uD800");

  /** The JSON texts that are taken. */
  private static final List<String> JSON =
      List.of(
          "-0",
          "1e2",
          "1.10",
          "1234567890123456789012345678901234567890",
          "-0.1234567890123456789012345678901234567890",
          "9007199254740993",
          "1e-30",
          "\"\\u0001\\n\\\"\\\\\\/\"",
          "\"\\ud83d\\ude00\"",
          "\"\u2028\"",
          "[" + "1".repeat(Limits.JSON_NUMBER_DIGITS) + "]",
          nested(10),
          nested(Limits.JSON_DEPTH - 1),
          "{\"\":1,\" \":2,\"a.b\":3,\"$\":4,\"__proto__\":5}",
          "{\"a\":null,\"b\":[null],\"c\":{}}");

  /** And those that are not. */
  private static final List<String> NO_JSON =
      List.of(
          "",
          "{",
          "{\"a\":1,\"a\":1}",
          "{\"a\":1,\"\\u0061\":2}",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "{\"\\u0000\":1}",
          "01",
          "+1",
          "NaN",
          "Infinity",
          "1e400",
          "1e-401",
          "1e2147483648",
          "1".repeat(Limits.JSON_NUMBER_DIGITS + 1),
          "'a'",
          "{a:1}",
          "[1,]",
          "1 2",
          "\"" + "x".repeat(Limits.JSON_BYTES) + "\"",
          nested(Limits.JSON_DEPTH + 1),
          nested(1_000));

  private static String nested(int depth) {
    return "[".repeat(depth) + "]".repeat(depth);
  }

  /** Writes a text into one field, and returns what is then read back from it. */
  @FunctionalInterface
  private interface Field {
    @Nullable String roundTrip(Repositories records, User user, String text);
  }

  private static Map<String, Field> fields() {
    Map<String, Field> fields = new LinkedHashMap<>();
    fields.put(
        "displayName",
        (records, user, text) ->
            records.users().upsert(user.asDraft().withDisplayName(text)).record().displayName());
    fields.put(
        "externalId",
        (records, user, text) -> {
          records.users().upsert(user.asDraft().withExternalId(text));
          return records
              .users()
              .findByExternalId(text)
              .map(User::externalId)
              .map(ExternalId::value)
              .orElse(null);
        });
    fields.put(
        "issuer",
        (records, user, text) -> {
          IdentityKey key = IdentityKey.of(text, "1");
          records.identities().link(user.id(), text, "1");
          return records.identities().find(key).orElseThrow().key().issuer();
        });
    fields.put(
        "subject",
        (records, user, text) -> {
          IdentityKey key = IdentityKey.of("https://idp.example", text);
          records.identities().link(user.id(), key.issuer(), text);
          return records.identities().find(key).orElseThrow().key().subject();
        });
    fields.put(
        "providerAlias",
        (records, user, text) -> {
          IdentityKey key = IdentityKey.of("https://idp.example", "alias");
          records.identities().link(new FederatedIdentityDraft(user.id(), key, text));
          return records.identities().find(key).orElseThrow().providerAlias();
        });
    fields.put(
        "namespace",
        (records, user, text) -> {
          ProfileKey key = ProfileKey.of(user.id(), text);
          records.profiles().replace(key, Json.object());
          return records.profiles().find(key).orElseThrow().key().namespace();
        });
    fields.put(
        "subjectId",
        (records, user, text) -> {
          AuditSubject target = AuditSubject.of("thing", text);
          records.audit().append(AuditDraft.of(target, "hostile", target));
          return records
              .audit()
              .list(new AuditFilter.ByTarget(target), PageRequest.of(1))
              .items()
              .get(0)
              .entry()
              .actor()
              .id();
        });
    fields.put(
        "label",
        (records, user, text) -> {
          AuditSubject target = AuditSubject.user(user.id()).withLabel(text);
          return records
              .audit()
              .find(records.audit().append(AuditDraft.of(target, "hostile", target)).id())
              .orElseThrow()
              .entry()
              .target()
              .label();
        });
    fields.put(
        "requestId",
        (records, user, text) -> {
          IdentityKey key = IdentityKey.of("https://idp.example", "request");
          User signedIn =
              records
                  .identities()
                  .signIn(SignIn.of(key, UserDraft.named("request")).withRequestId(text))
                  .signedIn()
                  .record()
                  .user();
          return records
              .audit()
              .list(
                  new AuditFilter.ByTarget(AuditSubject.user(signedIn.id())),
                  PageRequest.of(1).descending())
              .items()
              .get(0)
              .entry()
              .requestId();
        });
    fields.put(
        "eventType",
        (records, user, text) ->
            appended(records, OutboxDraft.of("thing", "1", text, Json.object())).eventType());
    fields.put(
        "headers",
        (records, user, text) ->
            appended(
                    records,
                    OutboxDraft.of("thing", "1", "hostile", Json.object())
                        .withHeaders(Map.of(text, text)))
                .headers()
                .get(text));
    fields.put(
        "dedupKey",
        (records, user, text) ->
            appended(
                    records,
                    OutboxDraft.of("thing", "1", "hostile", Json.object()).withDedupKey(text))
                .dedupKey());
    return fields;
  }

  private static OutboxDraft appended(Repositories records, OutboxDraft draft) {
    OutboxRecord record = records.outbox().append(draft).record();
    return records.outbox().find(record.id()).map(OutboxRecord::message).orElseThrow();
  }

  @Rule(
      id = "TXT-07",
      sentence =
          "Text that engines, drivers and parsers trip over MUST come back unchanged from "
              + "every field, or be InvalidInput that names the field and store nothing.",
      since = "0.1.0")
  void hostileTextIsKeptOrRefusedInEveryField(RuleContext t) {
    User user = t.users().create(UserDraft.named("ada"));
    fields()
        .forEach(
            (name, field) -> {
              for (String text : ACCEPTED) {
                t.equal(
                    "what is read back of " + name, text, field.roundTrip(t.records(), user, text));
              }
              List<Long> before = counts(t);
              for (String text : REFUSED) {
                t.invalid(
                    "text that no store holds",
                    name,
                    () -> field.roundTrip(t.records(), user, text));
                t.inTransaction(
                    tx -> {
                      t.invalid(
                          "the same in a transaction", name, () -> field.roundTrip(tx, user, text));
                      return true;
                    });
              }
              t.equal("records after refusals of " + name, before, counts(t));
            });
    for (String text : REFUSED) {
      t.invalid(
          "a group's name",
          "displayName",
          () -> t.records().groups().create(GroupDraft.named(text)));
      t.invalid("a user's name", "userName", () -> t.users().findByUserName(text));
      t.invalid(
          "the beginning of a name",
          "prefix",
          () -> t.users().listByPrefix(text, PageRequest.of(1)));
    }
  }

  @Rule(
      id = "TXT-08",
      sentence =
          "JSON that engines and parsers disagree about MUST come back equal, with all "
              + "digits, or be InvalidInput and store nothing.",
      since = "0.1.0")
  void hostileJsonIsKeptOrRefused(RuleContext t) {
    User user = t.users().create(UserDraft.named("ada"));
    ProfileKey key = ProfileKey.of(user.id(), "app");
    for (String text : JSON) {
      Json.JsonObject document = Json.object("value", Json.parse(text));
      t.records().profiles().replace(key, document);
      t.equal(
          "the profile as it is read back",
          Optional.of(document),
          t.records().profiles().find(key).map(ProfileDocument::document));
      OutboxDraft draft = OutboxDraft.of("thing", "1", "hostile", Json.parse(text));
      t.equal("the payload as it is read back", draft, appended(t.records(), draft));
      AuditSubject subject = AuditSubject.user(user.id());
      AuditDraft audit = AuditDraft.of(subject, "hostile", subject).withDetails(document);
      t.equal(
          "the details as they are read back",
          audit,
          t.records().audit().find(t.records().audit().append(audit).id()).orElseThrow().entry());
    }
    List<Long> before = counts(t);
    for (String text : NO_JSON) {
      t.invalid("text that is no JSON, or too much", "json", () -> Json.parse(text));
    }
    Json.JsonObject half = Json.object("a", "x".repeat(Limits.JSON_BYTES - 20));
    t.records().profiles().replace(key, half);
    t.invalid(
        "a merge that exceeds the limit",
        "json",
        () -> t.records().profiles().merge(key, Json.object("b", "y".repeat(20))));
    t.equal(
        "the profile after it",
        Optional.of(half),
        t.records().profiles().find(key).map(ProfileDocument::document));
    t.equal("records after all of this", before, counts(t));
  }

  private static List<Long> counts(RuleContext t) {
    List<Long> counts = new ArrayList<>();
    Arrays.stream(RecordKind.values())
        .forEach(kind -> counts.add(t.counted("counts", t.records().counts()).of(kind)));
    return counts;
  }
}
