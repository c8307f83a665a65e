-- Groups and their members, profiles, audit records, the outbox; and users that were erased.
--
-- All of it runs in one transaction, which is the runner's: no file holds BEGIN or COMMIT. A statement
-- ends with a semicolon at the end of a line. {schema} stands for the schema that holds the tables.

-- An erased user's row stays, emptied: its primary key keeps the id from being given to another.
ALTER TABLE {schema}.user_engine_users
  ALTER COLUMN user_name DROP NOT NULL,
  ALTER COLUMN user_name_key DROP NOT NULL,
  ADD COLUMN erased pg_catalog.timestamptz,
  ADD CONSTRAINT user_engine_users_erased CHECK ((erased IS NULL) = (user_name_key IS NOT NULL));

CREATE TABLE {schema}.user_engine_groups (
  tenant_id        pg_catalog.text COLLATE pg_catalog."C" NOT NULL,
  id               pg_catalog.uuid                        NOT NULL,
  display_name     pg_catalog.text COLLATE pg_catalog."C" NOT NULL,
  display_name_key pg_catalog.text COLLATE pg_catalog."C" NOT NULL,
  external_id      pg_catalog.text COLLATE pg_catalog."C",
  created          pg_catalog.timestamptz                 NOT NULL,
  last_modified    pg_catalog.timestamptz                 NOT NULL,
  version          bigint                                 NOT NULL,
  CONSTRAINT user_engine_groups_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT user_engine_groups_display_name UNIQUE (tenant_id, display_name_key),
  CONSTRAINT user_engine_groups_external_id UNIQUE (tenant_id, external_id)
);

CREATE TABLE {schema}.user_engine_memberships (
  tenant_id pg_catalog.text COLLATE pg_catalog."C" NOT NULL,
  group_id  pg_catalog.uuid                        NOT NULL,
  user_id   pg_catalog.uuid                        NOT NULL,
  since     pg_catalog.timestamptz                 NOT NULL,
  CONSTRAINT user_engine_memberships_pk PRIMARY KEY (tenant_id, group_id, user_id),
  CONSTRAINT user_engine_memberships_group FOREIGN KEY (tenant_id, group_id)
    REFERENCES {schema}.user_engine_groups (tenant_id, id) ON DELETE CASCADE,
  CONSTRAINT user_engine_memberships_user FOREIGN KEY (tenant_id, user_id)
    REFERENCES {schema}.user_engine_users (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX user_engine_memberships_by_user
  ON {schema}.user_engine_memberships (tenant_id, user_id, group_id);

CREATE TABLE {schema}.user_engine_profiles (
  tenant_id     pg_catalog.text COLLATE pg_catalog."C" NOT NULL,
  user_id       pg_catalog.uuid                        NOT NULL,
  namespace     pg_catalog.text COLLATE pg_catalog."C" NOT NULL,
  document      pg_catalog.jsonb                       NOT NULL,
  last_modified pg_catalog.timestamptz                 NOT NULL,
  version       bigint                                 NOT NULL,
  CONSTRAINT user_engine_profiles_pk PRIMARY KEY (tenant_id, user_id, namespace),
  CONSTRAINT user_engine_profiles_user FOREIGN KEY (tenant_id, user_id)
    REFERENCES {schema}.user_engine_users (tenant_id, id) ON DELETE CASCADE
);

-- No foreign key: an audit record outlives what it names.
CREATE TABLE {schema}.user_engine_audit (
  tenant_id    pg_catalog.text COLLATE pg_catalog."C" NOT NULL,
  id           pg_catalog.uuid                        NOT NULL,
  position     bigint                                 NOT NULL GENERATED ALWAYS AS IDENTITY,
  occurred_at  pg_catalog.timestamptz                 NOT NULL,
  actor_type   pg_catalog.text COLLATE pg_catalog."C" NOT NULL,
  actor_id     pg_catalog.text COLLATE pg_catalog."C" NOT NULL,
  actor_label  pg_catalog.text COLLATE pg_catalog."C",
  action       pg_catalog.text COLLATE pg_catalog."C" NOT NULL,
  target_type  pg_catalog.text COLLATE pg_catalog."C" NOT NULL,
  target_id    pg_catalog.text COLLATE pg_catalog."C" NOT NULL,
  target_label pg_catalog.text COLLATE pg_catalog."C",
  outcome      pg_catalog.text COLLATE pg_catalog."C" NOT NULL,
  request_id   pg_catalog.text COLLATE pg_catalog."C",
  details      pg_catalog.jsonb                       NOT NULL,
  bytes        integer                                NOT NULL
    GENERATED ALWAYS AS (octet_length(details::text)) STORED,
  CONSTRAINT user_engine_audit_pk PRIMARY KEY (tenant_id, id)
);

CREATE INDEX user_engine_audit_by_target
  ON {schema}.user_engine_audit (tenant_id, target_type, target_id, occurred_at, position);

CREATE INDEX user_engine_audit_by_actor
  ON {schema}.user_engine_audit (tenant_id, actor_type, actor_id, occurred_at, position);

CREATE INDEX user_engine_audit_by_time
  ON {schema}.user_engine_audit (tenant_id, occurred_at, position);

-- Read in the order of epoch, transaction and position. Transaction ids grow within one database
-- only, and an epoch is the time that the table spent in one.
CREATE TABLE {schema}.user_engine_outbox (
  tenant_id         pg_catalog.text COLLATE pg_catalog."C" NOT NULL,
  id                pg_catalog.uuid                        NOT NULL,
  epoch             integer                                NOT NULL,
  transaction_id    pg_catalog.xid8                        NOT NULL,
  position          bigint                                 NOT NULL GENERATED ALWAYS AS IDENTITY,
  created           pg_catalog.timestamptz                 NOT NULL,
  aggregate_type    pg_catalog.text COLLATE pg_catalog."C" NOT NULL,
  aggregate_id      pg_catalog.text COLLATE pg_catalog."C" NOT NULL,
  aggregate_version bigint,
  event_type        pg_catalog.text COLLATE pg_catalog."C" NOT NULL,
  payload           pg_catalog.jsonb                       NOT NULL,
  headers           pg_catalog.jsonb                       NOT NULL,
  dedup_key         pg_catalog.text COLLATE pg_catalog."C",
  bytes             integer                                NOT NULL
    GENERATED ALWAYS AS (octet_length(payload::text) + octet_length(headers::text)) STORED,
  CONSTRAINT user_engine_outbox_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT user_engine_outbox_dedup_key UNIQUE (tenant_id, dedup_key)
);

CREATE INDEX user_engine_outbox_in_order
  ON {schema}.user_engine_outbox (tenant_id, epoch, transaction_id, position);

CREATE INDEX user_engine_outbox_by_aggregate
  ON {schema}.user_engine_outbox (tenant_id, aggregate_type, aggregate_id);

-- The databases that the outbox has been in, and the timelines of each: a standby that is promoted
-- begins one. The last may be the present. Of no tenant.
CREATE TABLE {schema}.user_engine_outbox_epochs (
  epoch       integer                                NOT NULL,
  fingerprint pg_catalog.text COLLATE pg_catalog."C" NOT NULL,
  timeline    pg_catalog.text COLLATE pg_catalog."C" NOT NULL,
  began       pg_catalog.timestamptz                 NOT NULL,
  CONSTRAINT user_engine_outbox_epochs_pk PRIMARY KEY (epoch)
);

INSERT INTO {schema}.user_engine_outbox_epochs (epoch, fingerprint, timeline, began)
SELECT 1, c.system_identifier || '.' || d.oid || '.' || t.typrelid,
  substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8), clock_timestamp()
FROM pg_catalog.pg_control_system() c
JOIN pg_catalog.pg_database d ON d.datname = pg_catalog.current_database()
JOIN pg_catalog.pg_type t ON t.oid = pg_catalog.pg_typeof(NULL::{schema}.user_engine_outbox);

INSERT INTO {schema}.user_engine_schema_history (version, name, checksum, applied, duration)
VALUES (2, 'groups_profiles_audit_and_outbox',
  '6a5691ec30266a36ef6914120306bb5682bc3e69ccb1d1e3693c7066b9f978a9',
  clock_timestamp(), clock_timestamp() - transaction_timestamp());
