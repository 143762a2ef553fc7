-- Staging tables of directory deliveries: unlogged, filled and emptied inside one transaction, so that
-- nobody else ever sees a row in them. The application may not make temporary tables.
-- Columns are those of shapes_intake.LAYOUTS (a test compares them). Migration 0004 reads this file, so
-- do not add a column here: installations that have run it would lack it. Its own migration adds it.

create unlogged table directory_stage_taxonomy (
  id uuid, source_id text, hidden text, file_no int, row_no int, content_hash uuid, extra jsonb,
  name text, description text, uri text, version text, licensed bool
);
create unlogged table directory_stage_taxonomy_term (
  id uuid, source_id text, hidden text, file_no int, row_no int, content_hash uuid, extra jsonb,
  taxonomy_id uuid, parent_id uuid, code text, name text, description text, taxonomy_name text,
  language text, term_uri text, licensed bool
);
create unlogged table directory_stage_unit (
  id uuid, source_id text, hidden text, file_no int, row_no int, content_hash uuid, extra jsonb,
  name text, scheme text, identifier text, uri text
);
create unlogged table directory_stage_organization (
  id uuid, source_id text, hidden text, file_no int, row_no int, content_hash uuid, extra jsonb,
  parent_organization_id uuid, name text, alternate_name text, description text, email text,
  website text, tax_status text, tax_id text, year_incorporated int, legal_status text, logo text,
  uri text
);
create unlogged table directory_stage_organization_identifier (
  id uuid, source_id text, hidden text, file_no int, row_no int, content_hash uuid, extra jsonb,
  organization_id uuid, identifier_scheme text, identifier_type text, identifier text
);
create unlogged table directory_stage_program (
  id uuid, source_id text, hidden text, file_no int, row_no int, content_hash uuid, extra jsonb,
  organization_id uuid, name text, alternate_name text, description text
);
create unlogged table directory_stage_location (
  id uuid, source_id text, hidden text, file_no int, row_no int, content_hash uuid, extra jsonb,
  organization_id uuid, location_type text, url text, name text, alternate_name text, description text,
  transportation text, latitude float8, longitude float8, external_identifier text,
  external_identifier_type text, timezone text
);
create unlogged table directory_stage_service (
  id uuid, source_id text, hidden text, file_no int, row_no int, content_hash uuid, extra jsonb,
  organization_id uuid, program_id uuid, name text, alternate_name text, description text, url text,
  email text, status text, interpretation_services text, application_process text, fees_description text,
  wait_time text, fees text, accreditations text, eligibility_description text, minimum_age numeric,
  maximum_age numeric, assured_date date, assurer_email text, licenses text, alert text,
  source_modified_at timestamptz
);
create unlogged table directory_stage_service_at_location (
  id uuid, source_id text, hidden text, file_no int, row_no int, content_hash uuid, extra jsonb,
  service_id uuid, location_id uuid, description text
);
create unlogged table directory_stage_address (
  id uuid, source_id text, hidden text, file_no int, row_no int, content_hash uuid, extra jsonb,
  location_id uuid, "attention" text, address_1 text, address_2 text, city text, region text,
  state_province text, postal_code text, country text, address_type text
);
create unlogged table directory_stage_contact (
  id uuid, source_id text, hidden text, file_no int, row_no int, content_hash uuid, extra jsonb,
  organization_id uuid, service_id uuid, service_at_location_id uuid, location_id uuid, name text,
  title text, department text, email text
);
create unlogged table directory_stage_phone (
  id uuid, source_id text, hidden text, file_no int, row_no int, content_hash uuid, extra jsonb,
  location_id uuid, service_id uuid, organization_id uuid, contact_id uuid, service_at_location_id uuid,
  number text, e164 text, extension text, type text, description text
);
create unlogged table directory_stage_schedule (
  id uuid, source_id text, hidden text, file_no int, row_no int, content_hash uuid, extra jsonb,
  service_id uuid, location_id uuid, service_at_location_id uuid, valid_from date, valid_to date,
  dtstart date, timezone text, utc_offset_minutes int, "until" date, "count" int, wkst text, freq text,
  "interval" int, byday text, byweekno text, bymonthday text, byyearday text, description text,
  opens_at time, closes_at time, closed bool, schedule_link text, attending_type text, notes text
);
create unlogged table directory_stage_service_area (
  id uuid, source_id text, hidden text, file_no int, row_no int, content_hash uuid, extra jsonb,
  service_id uuid, service_at_location_id uuid, name text, description text, extent text,
  extent_type text, uri text
);
create unlogged table directory_stage_language (
  id uuid, source_id text, hidden text, file_no int, row_no int, content_hash uuid, extra jsonb,
  service_id uuid, location_id uuid, phone_id uuid, name text, code text, note text
);
create unlogged table directory_stage_accessibility (
  id uuid, source_id text, hidden text, file_no int, row_no int, content_hash uuid, extra jsonb,
  location_id uuid, description text, details text, url text
);
create unlogged table directory_stage_cost_option (
  id uuid, source_id text, hidden text, file_no int, row_no int, content_hash uuid, extra jsonb,
  service_id uuid, valid_from date, valid_to date, "option" text, currency text, amount numeric,
  amount_description text
);
create unlogged table directory_stage_required_document (
  id uuid, source_id text, hidden text, file_no int, row_no int, content_hash uuid, extra jsonb,
  service_id uuid, document text, uri text
);
create unlogged table directory_stage_funding (
  id uuid, source_id text, hidden text, file_no int, row_no int, content_hash uuid, extra jsonb,
  organization_id uuid, service_id uuid, source_of_funds text
);
create unlogged table directory_stage_url (
  id uuid, source_id text, hidden text, file_no int, row_no int, content_hash uuid, extra jsonb,
  organization_id uuid, service_id uuid, label text, url text
);
create unlogged table directory_stage_service_capacity (
  id uuid, source_id text, hidden text, file_no int, row_no int, content_hash uuid, extra jsonb,
  service_id uuid, unit_id uuid, available numeric, maximum numeric, description text,
  updated timestamptz
);
create unlogged table directory_stage_attribute (
  id uuid, source_id text, hidden text, file_no int, row_no int, content_hash uuid, extra jsonb,
  service_id uuid, taxonomy_term_id uuid, link_id uuid, link_entity text, link_type text, value text,
  label text
);
create unlogged table directory_stage_metadata (
  id uuid, source_id text, hidden text, file_no int, row_no int, content_hash uuid, extra jsonb,
  resource_id uuid, resource_type text, last_action_date date, last_action_type text, field_name text,
  previous_value text, replacement_value text, updated_by text
);
create unlogged table directory_stage_spared (kind text, id uuid);
create unlogged table directory_stage_misfit (id uuid);
create unlogged table directory_stage_loose (place tid, file_no int, row_no int, is_out boolean, lost boolean[]);
create unlogged table directory_stage_meaning (term uuid, domain text);
create unlogged table directory_stage_need (service_id uuid, domain text);

-- The application has no TRUNCATE; it may empty these, and only whoever keeps the directory.
create function guard.empty_directory_stage() returns void
language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if not guard.keeps_directory() then
    raise exception 'only the keeper of the directory brings deliveries in' using errcode = '42501';
  end if;
  truncate directory_stage_taxonomy,
    directory_stage_taxonomy_term,
    directory_stage_unit,
    directory_stage_organization,
    directory_stage_organization_identifier,
    directory_stage_program,
    directory_stage_location,
    directory_stage_service,
    directory_stage_service_at_location,
    directory_stage_address,
    directory_stage_contact,
    directory_stage_phone,
    directory_stage_schedule,
    directory_stage_service_area,
    directory_stage_language,
    directory_stage_accessibility,
    directory_stage_cost_option,
    directory_stage_required_document,
    directory_stage_funding,
    directory_stage_url,
    directory_stage_service_capacity,
    directory_stage_attribute,
    directory_stage_metadata,
    directory_stage_spared,
    directory_stage_misfit,
    directory_stage_loose,
    directory_stage_meaning,
    directory_stage_need;
end $$;
