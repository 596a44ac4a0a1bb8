-- Choice and number prompts, anonymous ones, revotes, the spotlight, and who is called on. Old nodes know nothing of it and go on.
ALTER TABLE cold_call_prompts
  ADD COLUMN options text[],
  ADD COLUMN multiple boolean NOT NULL DEFAULT false,
  ADD COLUMN correct int[],
  ADD COLUMN anonymous boolean NOT NULL DEFAULT false,
  ADD COLUMN topic_id uuid REFERENCES topics,
  ADD COLUMN revote_of uuid REFERENCES cold_call_prompts,
  ADD COLUMN tally int[],
  ADD COLUMN spotlight uuid REFERENCES cold_call_messages,
  DROP CONSTRAINT cold_call_prompts_kind_check,
  ADD CONSTRAINT cold_call_prompts_kind_check CHECK (kind IN ('text', 'choice', 'number')),
  ADD CONSTRAINT cold_call_prompts_options CHECK ((kind = 'choice') = (options IS NOT NULL) AND (options IS NOT NULL OR (correct IS NULL AND tally IS NULL)));
COMMENT ON TABLE cold_call_prompts IS 'Blind prompts. due_at: when the prompt closes by itself, after everybody''s deadline; tally: answers an option, from the first reveal on. The organisation''s; kept.';

ALTER TABLE cold_call_messages
  ALTER COLUMN body DROP NOT NULL,
  ADD COLUMN choices int[],
  ADD COLUMN number double precision,
  ADD CONSTRAINT cold_call_messages_says CHECK (num_nonnulls(body, choices, number) > 0);

CREATE TABLE cold_call_picks (
  pick_id uuid PRIMARY KEY,
  cohort_id uuid NOT NULL REFERENCES cohorts,
  session_id uuid REFERENCES ilt_sessions,
  member_id uuid NOT NULL REFERENCES cohort_members,
  prompt_id uuid REFERENCES cold_call_prompts,
  picked_by uuid NOT NULL,
  picked_at timestamptz NOT NULL,
  passed_at timestamptz
);
CREATE INDEX cold_call_picks_cohort ON cold_call_picks (cohort_id, picked_at DESC);
CREATE INDEX cold_call_picks_member ON cold_call_picks (member_id, picked_at);
COMMENT ON TABLE cold_call_picks IS 'Who was called on, and who passed: the ledger by which calling is fair. The person''s; kept with the class.';
