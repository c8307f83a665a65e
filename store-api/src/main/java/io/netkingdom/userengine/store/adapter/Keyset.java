package io.netkingdom.userengine.store.adapter;

import io.netkingdom.userengine.store.Json;
import io.netkingdom.userengine.store.Limits;
import io.netkingdom.userengine.store.Page;
import io.netkingdom.userengine.store.PageRequest;
import io.netkingdom.userengine.store.PageToken;
import io.netkingdom.userengine.store.SortOrder;
import io.netkingdom.userengine.store.StoreException;
import io.netkingdom.userengine.store.TenantId;
import io.netkingdom.userengine.store.internal.Arguments;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One page of a listing, as an adapter reads it: begin after a key, in an order, and stop at a
 * limit. Makes and reads the tokens, so that these are the same in every adapter. Immutable.
 *
 * <p>A key is one text, or several that are compared one after the other.
 */
public final class Keyset {

  private final List<String> listing;
  private final PageRequest request;
  private final int parts;
  private final @Nullable List<String> after;

  private Keyset(List<String> listing, PageRequest request, int parts) {
    this.listing = listing;
    this.request = request;
    this.parts = parts;
    PageToken token = request.after();
    this.after = token == null ? null : read(token);
  }

  /**
   * Reads a request.
   *
   * @param tenant the tenant whose records are listed
   * @param listing names the listing, and what it is restricted to
   * @param parts how many texts a key has
   * @throws StoreException.InvalidInput naming {@code pageToken}, if the token is of another tenant
   *     or listing, or none at all
   */
  public static Keyset of(TenantId tenant, List<String> listing, int parts, PageRequest request) {
    Objects.requireNonNull(tenant, "tenant");
    Objects.requireNonNull(request, "request");
    List<String> whole = new ArrayList<>();
    whole.add(tenant.value());
    whole.addAll(Arguments.copy("listing", listing));
    return new Keyset(List.copyOf(whole), request, parts);
  }

  /** How many records at the most. */
  public int limit() {
    return request.limit();
  }

  /** In which order. */
  public SortOrder order() {
    return request.order();
  }

  /** The key to begin after; empty to begin at the beginning. */
  public Optional<List<String>> after() {
    return Optional.ofNullable(after);
  }

  /**
   * The page made of what was read.
   *
   * @param items the records in the order that was asked for, at most as many as the limit
   * @param key the key of a record
   */
  public <R> Page<R> page(List<R> items, Function<? super R, List<String>> key) {
    List<R> read = Arguments.copy("items", items);
    Objects.requireNonNull(key, "key");
    return page(read, key, read.size() == limit());
  }

  /**
   * The page made of what was read, which ends with the record that takes it past {@link
   * Limits#PAGE_BYTES}, if any does.
   *
   * @param items the records in the order that was asked for, at most as many as the limit; those
   *     after the end of the page may be left out
   * @param key the key of a record
   * @param bytes of a record, as they count for the page
   */
  public <R> Page<R> page(
      List<R> items, Function<? super R, List<String>> key, ToLongFunction<? super R> bytes) {
    List<R> read = Arguments.copy("items", items);
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(bytes, "bytes");
    int size = 0;
    long sum = 0;
    while (size < read.size() && sum <= Limits.PAGE_BYTES) {
      sum += bytes.applyAsLong(read.get(size));
      size++;
    }
    return page(read.subList(0, size), key, size == limit() || sum > Limits.PAGE_BYTES);
  }

  private <R> Page<R> page(List<R> read, Function<? super R, List<String>> key, boolean isFull) {
    if (read.isEmpty()) {
      return new Page<>(read, null, null);
    }
    return new Page<>(
        read,
        token(key.apply(read.get(0))),
        isFull ? token(key.apply(read.get(read.size() - 1))) : null);
  }

  private PageToken token(List<String> key) {
    String json = Json.array(Json.array(listing.toArray()), Json.array(key.toArray())).toString();
    return new PageToken(
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(json.getBytes(StandardCharsets.UTF_8)));
  }

  private List<String> read(PageToken token) {
    if (decode(token) instanceof Json.JsonArray array
        && array.elements().size() == 2
        && array.elements().get(0).equals(Json.array(listing.toArray()))
        && array.elements().get(1) instanceof Json.JsonArray key) {
      List<String> texts = new ArrayList<>();
      for (Json part : key.elements()) {
        if (part instanceof Json.JsonString text) {
          texts.add(text.value());
        }
      }
      if (texts.size() == parts && key.elements().size() == parts) {
        return List.copyOf(texts);
      }
    }
    throw notOfThisListing();
  }

  private static Json decode(PageToken token) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(token.value());
      return Json.parse(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (IllegalArgumentException | CharacterCodingException | StoreException.InvalidInput e) {
      throw notOfThisListing();
    }
  }

  private static StoreException.InvalidInput notOfThisListing() {
    return new StoreException.InvalidInput("pageToken", "is not a token of this listing");
  }
}
