-- What stands at the beginning of a course, in its own language and in others; and prepared questions in other languages.
ALTER TABLE course_details ADD COLUMN introduction text NOT NULL DEFAULT '';
ALTER TABLE product_languages ADD COLUMN introduction text;
ALTER TABLE prepared_prompts ADD COLUMN translations jsonb NOT NULL DEFAULT '[]';
