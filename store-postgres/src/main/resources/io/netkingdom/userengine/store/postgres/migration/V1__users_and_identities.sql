-- Users and their federated identities.
--
-- All of it runs in one transaction, which is the runner's: no file holds BEGIN or COMMIT. A statement
-- ends with a semicolon at the end of a line. {schema} stands for the schema that holds the tables.
-- Keys lead with the tenant. COLLATE "C" makes every comparison one of bytes, whatever the database's
-- own locale.

CREATE TABLE {schema}.user_engine_schema_history (
  version  integer                                NOT NULL,
  name     pg_catalog.text COLLATE pg_catalog."C" NOT NULL,
  checksum pg_catalog.text COLLATE pg_catalog."C" NOT NULL,
  applied  pg_catalog.timestamptz                 NOT NULL,
  duration interval                               NOT NULL,
  CONSTRAINT user_engine_schema_history_pk PRIMARY KEY (version)
);

CREATE TABLE {schema}.user_engine_users (
  tenant_id     pg_catalog.text COLLATE pg_catalog."C" NOT NULL,
  id            pg_catalog.uuid                        NOT NULL,
  user_name     pg_catalog.text COLLATE pg_catalog."C" NOT NULL,
  user_name_key pg_catalog.text COLLATE pg_catalog."C" NOT NULL,
  external_id   pg_catalog.text COLLATE pg_catalog."C",
  display_name  pg_catalog.text COLLATE pg_catalog."C",
  active        boolean                                NOT NULL,
  emails        pg_catalog.jsonb                       NOT NULL,
  created       pg_catalog.timestamptz                 NOT NULL,
  last_modified pg_catalog.timestamptz                 NOT NULL,
  version       bigint                                 NOT NULL,
  CONSTRAINT user_engine_users_pk PRIMARY KEY (tenant_id, id),
  CONSTRAINT user_engine_users_user_name UNIQUE (tenant_id, user_name_key),
  CONSTRAINT user_engine_users_external_id UNIQUE (tenant_id, external_id)
);

CREATE INDEX user_engine_users_emails ON {schema}.user_engine_users USING gin (emails pg_catalog.jsonb_path_ops);

CREATE TABLE {schema}.user_engine_identities (
  tenant_id      pg_catalog.text COLLATE pg_catalog."C" NOT NULL,
  issuer         pg_catalog.text COLLATE pg_catalog."C" NOT NULL,
  subject        pg_catalog.text COLLATE pg_catalog."C" NOT NULL,
  user_id        pg_catalog.uuid                        NOT NULL,
  provider_alias pg_catalog.text COLLATE pg_catalog."C",
  created        pg_catalog.timestamptz                 NOT NULL,
  last_seen      pg_catalog.timestamptz,
  CONSTRAINT user_engine_identities_pk PRIMARY KEY (tenant_id, issuer, subject),
  CONSTRAINT user_engine_identities_user FOREIGN KEY (tenant_id, user_id)
    REFERENCES {schema}.user_engine_users (tenant_id, id) ON DELETE CASCADE
);

CREATE INDEX user_engine_identities_user_id ON {schema}.user_engine_identities (tenant_id, user_id);

INSERT INTO {schema}.user_engine_schema_history (version, name, checksum, applied, duration)
VALUES (1, 'users_and_identities',
  '7640d01dbe04b21705982de77255f14fa2d8d78372bf97a6a2a95440a4521123',
  clock_timestamp(), clock_timestamp() - transaction_timestamp());
