-- A dump of version 2 with data, made when it was the newest. Frozen: never made anew.
--
-- PostgreSQL database dump
--

-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: released; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA released;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: user_engine_audit; Type: TABLE; Schema: released; Owner: -
--

CREATE TABLE released.user_engine_audit (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    id uuid NOT NULL,
    "position" bigint NOT NULL,
    occurred_at timestamp with time zone NOT NULL,
    actor_type text NOT NULL COLLATE pg_catalog."C",
    actor_id text NOT NULL COLLATE pg_catalog."C",
    actor_label text COLLATE pg_catalog."C",
    action text NOT NULL COLLATE pg_catalog."C",
    target_type text NOT NULL COLLATE pg_catalog."C",
    target_id text NOT NULL COLLATE pg_catalog."C",
    target_label text COLLATE pg_catalog."C",
    outcome text NOT NULL COLLATE pg_catalog."C",
    request_id text COLLATE pg_catalog."C",
    details jsonb NOT NULL,
    bytes integer GENERATED ALWAYS AS (octet_length((details)::text)) STORED NOT NULL
);

--
-- Name: user_engine_audit_position_seq; Type: SEQUENCE; Schema: released; Owner: -
--

ALTER TABLE released.user_engine_audit ALTER COLUMN "position" ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME released.user_engine_audit_position_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: user_engine_groups; Type: TABLE; Schema: released; Owner: -
--

CREATE TABLE released.user_engine_groups (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    id uuid NOT NULL,
    display_name text NOT NULL COLLATE pg_catalog."C",
    display_name_key text NOT NULL COLLATE pg_catalog."C",
    external_id text COLLATE pg_catalog."C",
    created timestamp with time zone NOT NULL,
    last_modified timestamp with time zone NOT NULL,
    version bigint NOT NULL
);

--
-- Name: user_engine_identities; Type: TABLE; Schema: released; Owner: -
--

CREATE TABLE released.user_engine_identities (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    issuer text NOT NULL COLLATE pg_catalog."C",
    subject text NOT NULL COLLATE pg_catalog."C",
    user_id uuid NOT NULL,
    provider_alias text COLLATE pg_catalog."C",
    created timestamp with time zone NOT NULL,
    last_seen timestamp with time zone
);

--
-- Name: user_engine_memberships; Type: TABLE; Schema: released; Owner: -
--

CREATE TABLE released.user_engine_memberships (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    group_id uuid NOT NULL,
    user_id uuid NOT NULL,
    since timestamp with time zone NOT NULL
);

--
-- Name: user_engine_outbox; Type: TABLE; Schema: released; Owner: -
--

CREATE TABLE released.user_engine_outbox (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    id uuid NOT NULL,
    epoch integer NOT NULL,
    transaction_id xid8 NOT NULL,
    "position" bigint NOT NULL,
    created timestamp with time zone NOT NULL,
    aggregate_type text NOT NULL COLLATE pg_catalog."C",
    aggregate_id text NOT NULL COLLATE pg_catalog."C",
    aggregate_version bigint,
    event_type text NOT NULL COLLATE pg_catalog."C",
    payload jsonb NOT NULL,
    headers jsonb NOT NULL,
    dedup_key text COLLATE pg_catalog."C",
    bytes integer GENERATED ALWAYS AS ((octet_length((payload)::text) + octet_length((headers)::text))) STORED NOT NULL
);

--
-- Name: user_engine_outbox_epochs; Type: TABLE; Schema: released; Owner: -
--

CREATE TABLE released.user_engine_outbox_epochs (
    epoch integer NOT NULL,
    fingerprint text NOT NULL COLLATE pg_catalog."C",
    timeline text NOT NULL COLLATE pg_catalog."C",
    began timestamp with time zone NOT NULL
);

--
-- Name: user_engine_outbox_position_seq; Type: SEQUENCE; Schema: released; Owner: -
--

ALTER TABLE released.user_engine_outbox ALTER COLUMN "position" ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME released.user_engine_outbox_position_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

--
-- Name: user_engine_profiles; Type: TABLE; Schema: released; Owner: -
--

CREATE TABLE released.user_engine_profiles (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    user_id uuid NOT NULL,
    namespace text NOT NULL COLLATE pg_catalog."C",
    document jsonb NOT NULL,
    last_modified timestamp with time zone NOT NULL,
    version bigint NOT NULL
);

--
-- Name: user_engine_schema_history; Type: TABLE; Schema: released; Owner: -
--

CREATE TABLE released.user_engine_schema_history (
    version integer NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    checksum text NOT NULL COLLATE pg_catalog."C",
    applied timestamp with time zone NOT NULL,
    duration interval NOT NULL
);

--
-- Name: user_engine_users; Type: TABLE; Schema: released; Owner: -
--

CREATE TABLE released.user_engine_users (
    tenant_id text NOT NULL COLLATE pg_catalog."C",
    id uuid NOT NULL,
    user_name text COLLATE pg_catalog."C",
    user_name_key text COLLATE pg_catalog."C",
    external_id text COLLATE pg_catalog."C",
    display_name text COLLATE pg_catalog."C",
    active boolean NOT NULL,
    emails jsonb NOT NULL,
    created timestamp with time zone NOT NULL,
    last_modified timestamp with time zone NOT NULL,
    version bigint NOT NULL,
    erased timestamp with time zone,
    CONSTRAINT user_engine_users_erased CHECK (((erased IS NULL) = (user_name_key IS NOT NULL)))
);

--
-- Data for Name: user_engine_audit; Type: TABLE DATA; Schema: released; Owner: -
--

INSERT INTO released.user_engine_audit (tenant_id, id, "position", occurred_at, actor_type, actor_id, actor_label, action, target_type, target_id, target_label, outcome, request_id, details) OVERRIDING SYSTEM VALUE VALUES ('acme', '01a21011-c3ab-7570-88d3-afb83f2028f1', 1, '2026-01-08 10:00:00+00', 'system', 'import', NULL, 'user.created', 'user', '01a21011-c3ab-7570-88d3-afb83f2028d2', 'Ada', 'SUCCESS', 'r-1', '{"a": 1}');

--
-- Data for Name: user_engine_groups; Type: TABLE DATA; Schema: released; Owner: -
--

INSERT INTO released.user_engine_groups (tenant_id, id, display_name, display_name_key, external_id, created, last_modified, version) VALUES ('acme', '01a21011-c3ab-7570-88d3-afb83f2028e1', 'Staff', 'staff', 'g-1', '2026-01-05 10:00:00+00', '2026-01-06 10:00:00+00', 2);

--
-- Data for Name: user_engine_identities; Type: TABLE DATA; Schema: released; Owner: -
--

INSERT INTO released.user_engine_identities (tenant_id, issuer, subject, user_id, provider_alias, created, last_seen) VALUES ('acme', 'https://idp.example', '248289761001', '01a21011-c3ab-7570-88d3-afb83f2028d2', 'corporate', '2026-01-01 10:00:01+00', '2026-03-01 10:00:00+00');
INSERT INTO released.user_engine_identities (tenant_id, issuer, subject, user_id, provider_alias, created, last_seen) VALUES ('acme', 'https://idp.example', '248289761002', '01a21011-c3ab-7570-88d3-afb83f2028d2', NULL, '2026-01-01 10:00:02+00', NULL);
INSERT INTO released.user_engine_identities (tenant_id, issuer, subject, user_id, provider_alias, created, last_seen) VALUES ('other', 'https://idp.example', '248289761001', '01a21011-c3ab-7570-88d3-afb83f2028d2', NULL, '2026-01-03 10:00:01+00', NULL);

--
-- Data for Name: user_engine_memberships; Type: TABLE DATA; Schema: released; Owner: -
--

INSERT INTO released.user_engine_memberships (tenant_id, group_id, user_id, since) VALUES ('acme', '01a21011-c3ab-7570-88d3-afb83f2028e1', '01a21011-c3ab-7570-88d3-afb83f2028d2', '2026-01-05 10:00:01+00');

--
-- Data for Name: user_engine_outbox; Type: TABLE DATA; Schema: released; Owner: -
--

INSERT INTO released.user_engine_outbox (tenant_id, id, epoch, transaction_id, "position", created, aggregate_type, aggregate_id, aggregate_version, event_type, payload, headers, dedup_key) OVERRIDING SYSTEM VALUE VALUES ('acme', '01a21011-c3ab-7570-88d3-afb83f202901', 1, '733', 1, '2026-01-09 10:00:00+00', 'user', '01a21011-c3ab-7570-88d3-afb83f2028d2', 1, 'user.created', '{"userName": "Ada"}', '{"trace": "t-1"}', 'd-1');

--
-- Data for Name: user_engine_outbox_epochs; Type: TABLE DATA; Schema: released; Owner: -
--

INSERT INTO released.user_engine_outbox_epochs (epoch, fingerprint, timeline, began) VALUES (1, '7712037365698799978.16418.16506', '00000001', '2026-11-25 09:23:50.698025+00');

--
-- Data for Name: user_engine_profiles; Type: TABLE DATA; Schema: released; Owner: -
--

INSERT INTO released.user_engine_profiles (tenant_id, user_id, namespace, document, last_modified, version) VALUES ('acme', '01a21011-c3ab-7570-88d3-afb83f2028d2', 'app', '{"n": 1.10, "theme": "dark"}', '2026-01-07 10:00:00+00', 4);

--
-- Data for Name: user_engine_schema_history; Type: TABLE DATA; Schema: released; Owner: -
--

INSERT INTO released.user_engine_schema_history (version, name, checksum, applied, duration) VALUES (1, 'users_and_identities', '7640d01dbe04b21705982de77255f14fa2d8d78372bf97a6a2a95440a4521123', '2026-11-25 09:23:50.320822+00', '00:00:00.082197');
INSERT INTO released.user_engine_schema_history (version, name, checksum, applied, duration) VALUES (2, 'groups_profiles_audit_and_outbox', '6a5691ec30266a36ef6914120306bb5682bc3e69ccb1d1e3693c7066b9f978a9', '2026-11-25 09:23:50.698508+00', '00:00:00.16808');

--
-- Data for Name: user_engine_users; Type: TABLE DATA; Schema: released; Owner: -
--

INSERT INTO released.user_engine_users (tenant_id, id, user_name, user_name_key, external_id, display_name, active, emails, created, last_modified, version, erased) VALUES ('acme', '01a21011-c3ab-7570-88d3-afb83f2028d2', 'Ada', 'ada', 'hr-1', 'Ada Lovelace', true, '[{"key": "ada@example.org", "address": "Ada@Example.org", "primary": true, "verified": true}]', '2026-01-01 10:00:00.123456+00', '2026-02-01 10:00:00+00', 3, NULL);
INSERT INTO released.user_engine_users (tenant_id, id, user_name, user_name_key, external_id, display_name, active, emails, created, last_modified, version, erased) VALUES ('acme', '01a21011-c3ab-7570-88d3-afb83f2028d3', 'Grace', 'grace', NULL, NULL, false, '[]', '2026-01-02 10:00:00+00', '2026-01-02 10:00:00+00', 1, NULL);
INSERT INTO released.user_engine_users (tenant_id, id, user_name, user_name_key, external_id, display_name, active, emails, created, last_modified, version, erased) VALUES ('other', '01a21011-c3ab-7570-88d3-afb83f2028d2', 'Ünïcode-O''quoted', 'ünïcode-o''quoted', 'hr-1', 'a\b', true, '[]', '2026-01-03 10:00:00+00', '2026-01-03 10:00:00+00', 1, NULL);
INSERT INTO released.user_engine_users (tenant_id, id, user_name, user_name_key, external_id, display_name, active, emails, created, last_modified, version, erased) VALUES ('acme', '01a21011-c3ab-7570-88d3-afb83f2028d4', NULL, NULL, NULL, NULL, false, '[]', '2026-01-04 10:00:00+00', '2026-02-04 10:00:00+00', 2, '2026-02-04 10:00:00+00');

--
-- Name: user_engine_audit_position_seq; Type: SEQUENCE SET; Schema: released; Owner: -
--

SELECT pg_catalog.setval('released.user_engine_audit_position_seq', 1, true);

--
-- Name: user_engine_outbox_position_seq; Type: SEQUENCE SET; Schema: released; Owner: -
--

SELECT pg_catalog.setval('released.user_engine_outbox_position_seq', 1, true);

--
-- Name: user_engine_audit user_engine_audit_pk; Type: CONSTRAINT; Schema: released; Owner: -
--

ALTER TABLE ONLY released.user_engine_audit
    ADD CONSTRAINT user_engine_audit_pk PRIMARY KEY (tenant_id, id);

--
-- Name: user_engine_groups user_engine_groups_display_name; Type: CONSTRAINT; Schema: released; Owner: -
--

ALTER TABLE ONLY released.user_engine_groups
    ADD CONSTRAINT user_engine_groups_display_name UNIQUE (tenant_id, display_name_key);

--
-- Name: user_engine_groups user_engine_groups_external_id; Type: CONSTRAINT; Schema: released; Owner: -
--

ALTER TABLE ONLY released.user_engine_groups
    ADD CONSTRAINT user_engine_groups_external_id UNIQUE (tenant_id, external_id);

--
-- Name: user_engine_groups user_engine_groups_pk; Type: CONSTRAINT; Schema: released; Owner: -
--

ALTER TABLE ONLY released.user_engine_groups
    ADD CONSTRAINT user_engine_groups_pk PRIMARY KEY (tenant_id, id);

--
-- Name: user_engine_identities user_engine_identities_pk; Type: CONSTRAINT; Schema: released; Owner: -
--

ALTER TABLE ONLY released.user_engine_identities
    ADD CONSTRAINT user_engine_identities_pk PRIMARY KEY (tenant_id, issuer, subject);

--
-- Name: user_engine_memberships user_engine_memberships_pk; Type: CONSTRAINT; Schema: released; Owner: -
--

ALTER TABLE ONLY released.user_engine_memberships
    ADD CONSTRAINT user_engine_memberships_pk PRIMARY KEY (tenant_id, group_id, user_id);

--
-- Name: user_engine_outbox user_engine_outbox_dedup_key; Type: CONSTRAINT; Schema: released; Owner: -
--

ALTER TABLE ONLY released.user_engine_outbox
    ADD CONSTRAINT user_engine_outbox_dedup_key UNIQUE (tenant_id, dedup_key);

--
-- Name: user_engine_outbox_epochs user_engine_outbox_epochs_pk; Type: CONSTRAINT; Schema: released; Owner: -
--

ALTER TABLE ONLY released.user_engine_outbox_epochs
    ADD CONSTRAINT user_engine_outbox_epochs_pk PRIMARY KEY (epoch);

--
-- Name: user_engine_outbox user_engine_outbox_pk; Type: CONSTRAINT; Schema: released; Owner: -
--

ALTER TABLE ONLY released.user_engine_outbox
    ADD CONSTRAINT user_engine_outbox_pk PRIMARY KEY (tenant_id, id);

--
-- Name: user_engine_profiles user_engine_profiles_pk; Type: CONSTRAINT; Schema: released; Owner: -
--

ALTER TABLE ONLY released.user_engine_profiles
    ADD CONSTRAINT user_engine_profiles_pk PRIMARY KEY (tenant_id, user_id, namespace);

--
-- Name: user_engine_schema_history user_engine_schema_history_pk; Type: CONSTRAINT; Schema: released; Owner: -
--

ALTER TABLE ONLY released.user_engine_schema_history
    ADD CONSTRAINT user_engine_schema_history_pk PRIMARY KEY (version);

--
-- Name: user_engine_users user_engine_users_external_id; Type: CONSTRAINT; Schema: released; Owner: -
--

ALTER TABLE ONLY released.user_engine_users
    ADD CONSTRAINT user_engine_users_external_id UNIQUE (tenant_id, external_id);

--
-- Name: user_engine_users user_engine_users_pk; Type: CONSTRAINT; Schema: released; Owner: -
--

ALTER TABLE ONLY released.user_engine_users
    ADD CONSTRAINT user_engine_users_pk PRIMARY KEY (tenant_id, id);

--
-- Name: user_engine_users user_engine_users_user_name; Type: CONSTRAINT; Schema: released; Owner: -
--

ALTER TABLE ONLY released.user_engine_users
    ADD CONSTRAINT user_engine_users_user_name UNIQUE (tenant_id, user_name_key);

--
-- Name: user_engine_audit_by_actor; Type: INDEX; Schema: released; Owner: -
--

CREATE INDEX user_engine_audit_by_actor ON released.user_engine_audit USING btree (tenant_id, actor_type, actor_id, occurred_at, "position");

--
-- Name: user_engine_audit_by_target; Type: INDEX; Schema: released; Owner: -
--

CREATE INDEX user_engine_audit_by_target ON released.user_engine_audit USING btree (tenant_id, target_type, target_id, occurred_at, "position");

--
-- Name: user_engine_audit_by_time; Type: INDEX; Schema: released; Owner: -
--

CREATE INDEX user_engine_audit_by_time ON released.user_engine_audit USING btree (tenant_id, occurred_at, "position");

--
-- Name: user_engine_identities_user_id; Type: INDEX; Schema: released; Owner: -
--

CREATE INDEX user_engine_identities_user_id ON released.user_engine_identities USING btree (tenant_id, user_id);

--
-- Name: user_engine_memberships_by_user; Type: INDEX; Schema: released; Owner: -
--

CREATE INDEX user_engine_memberships_by_user ON released.user_engine_memberships USING btree (tenant_id, user_id, group_id);

--
-- Name: user_engine_outbox_by_aggregate; Type: INDEX; Schema: released; Owner: -
--

CREATE INDEX user_engine_outbox_by_aggregate ON released.user_engine_outbox USING btree (tenant_id, aggregate_type, aggregate_id);

--
-- Name: user_engine_outbox_in_order; Type: INDEX; Schema: released; Owner: -
--

CREATE INDEX user_engine_outbox_in_order ON released.user_engine_outbox USING btree (tenant_id, epoch, transaction_id, "position");

--
-- Name: user_engine_users_emails; Type: INDEX; Schema: released; Owner: -
--

CREATE INDEX user_engine_users_emails ON released.user_engine_users USING gin (emails jsonb_path_ops);

--
-- Name: user_engine_identities user_engine_identities_user; Type: FK CONSTRAINT; Schema: released; Owner: -
--

ALTER TABLE ONLY released.user_engine_identities
    ADD CONSTRAINT user_engine_identities_user FOREIGN KEY (tenant_id, user_id) REFERENCES released.user_engine_users(tenant_id, id) ON DELETE CASCADE;

--
-- Name: user_engine_memberships user_engine_memberships_group; Type: FK CONSTRAINT; Schema: released; Owner: -
--

ALTER TABLE ONLY released.user_engine_memberships
    ADD CONSTRAINT user_engine_memberships_group FOREIGN KEY (tenant_id, group_id) REFERENCES released.user_engine_groups(tenant_id, id) ON DELETE CASCADE;

--
-- Name: user_engine_memberships user_engine_memberships_user; Type: FK CONSTRAINT; Schema: released; Owner: -
--

ALTER TABLE ONLY released.user_engine_memberships
    ADD CONSTRAINT user_engine_memberships_user FOREIGN KEY (tenant_id, user_id) REFERENCES released.user_engine_users(tenant_id, id) ON DELETE CASCADE;

--
-- Name: user_engine_profiles user_engine_profiles_user; Type: FK CONSTRAINT; Schema: released; Owner: -
--

ALTER TABLE ONLY released.user_engine_profiles
    ADD CONSTRAINT user_engine_profiles_user FOREIGN KEY (tenant_id, user_id) REFERENCES released.user_engine_users(tenant_id, id) ON DELETE CASCADE;

--
-- PostgreSQL database dump complete
--

