package io.netkingdom.userengine.store;

/**
 * The longest values that every adapter accepts, in Unicode code points unless said otherwise. They
 * are chosen so that every unique key fits into one entry of a PostgreSQL B-tree (about 2,700
 * bytes) at four bytes per code point, incompressible text included.
 */
public final class Limits {

  /** A tenant's id. */
  public static final int TENANT_ID = 64;

  /** A user name, as typed and as canonical key. */
  public static final int USER_NAME = 255;

  /** The display name of a group, as typed and as canonical key. */
  public static final int GROUP_NAME = 255;

  /** The display name of a user. */
  public static final int DISPLAY_NAME = 255;

  /** An id that another system gave to a record. */
  public static final int EXTERNAL_ID = 255;

  /** One e-mail address: the longest path of RFC 5321, section 4.5.3.1.3, less its brackets. */
  public static final int EMAIL = 254;

  /** E-mail addresses of one user. */
  public static final int EMAILS = 50;

  /** An issuer identifier. */
  public static final int ISSUER = 256;

  /** A subject identifier: OpenID Connect Core 1.0, section 2, "sub". */
  public static final int SUBJECT = 255;

  /** The name that an application has for an identity provider. */
  public static final int PROVIDER_ALIAS = 64;

  /**
   * A JSON value in bytes of its compact text in UTF-8: 256 KiB, which fits into one message of the
   * usual brokers.
   */
  public static final int JSON_BYTES = 262_144;

  /** How deep objects and arrays of a JSON value may be nested; {@code []} is 1 deep. */
  public static final int JSON_DEPTH = 64;

  /**
   * Digits of a JSON number before the point, and digits after it, when it is written without an
   * exponent. Every double as Java, JavaScript and Python print it has fewer; PostgreSQL's numeric
   * takes far more, but a text of ten bytes must not become a megabyte of zeros.
   */
  public static final int JSON_NUMBER_DIGITS = 400;

  /** A profile's namespace. */
  public static final int NAMESPACE = 255;

  /** The type of an audit record's actor or target, and of an outbox record's aggregate. */
  public static final int SUBJECT_TYPE = 64;

  /** The id of an audit record's actor or target, and of an outbox record's aggregate. */
  public static final int SUBJECT_ID = 255;

  /** What people call an audit record's actor or target. */
  public static final int LABEL = 255;

  /** What an audit record says was done. */
  public static final int ACTION = 255;

  /** What ties records of one request together. */
  public static final int REQUEST_ID = 255;

  /** What an outbox record says happened. */
  public static final int EVENT_TYPE = 255;

  /** Headers of one outbox record. */
  public static final int HEADERS = 50;

  /** The name of an outbox record's header. */
  public static final int HEADER_NAME = 64;

  /** The value of an outbox record's header. */
  public static final int HEADER_VALUE = 1_024;

  /** By which the repetition of an outbox record is recognised. */
  public static final int DEDUP_KEY = 255;

  /** Records of one page. */
  public static final int PAGE = 1_000;

  /**
   * JSON of the records that a page of audit records or of an outbox holds before its last one, in
   * bytes of UTF-8 as the adapter writes it.
   */
  public static final int PAGE_BYTES = 4_194_304;

  /** Rows of one batch. */
  public static final int BATCH = 1_000;

  /**
   * A page token, in characters: room for the longest keys and their tenant, encoded and sealed.
   */
  public static final int PAGE_TOKEN = 8_192;

  /** A page token that can still be sealed, in bytes of UTF-8: then it has {@link #PAGE_TOKEN}. */
  public static final int UNSEALED_PAGE_TOKEN = 6_116;

  /** A cursor of an outbox, in characters. */
  public static final int CURSOR = 255;

  private Limits() {}
}
