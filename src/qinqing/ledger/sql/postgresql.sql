CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;

CREATE OR REPLACE FUNCTION ledger_refuse_emptying() RETURNS trigger LANGUAGE plpgsql AS
$$ DECLARE filled boolean; BEGIN
  EXECUTE format('SELECT EXISTS (SELECT FROM %I)', TG_TABLE_NAME) INTO filled;
  IF filled THEN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION ledger_grow() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
  IF NEW.level <> OLD.level OR NEW.position <> OLD.position
    OR length(NEW.hashes) <= length(OLD.hashes) OR length(NEW.hashes) > 8192
    OR substring(NEW.hashes FROM 1 FOR length(OLD.hashes)) <> OLD.hashes
  THEN RAISE EXCEPTION 'ledger_tile only grows'; END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER ledger_entry_no_update BEFORE UPDATE ON ledger_entry
FOR EACH ROW EXECUTE FUNCTION ledger_refuse();

CREATE TRIGGER ledger_entry_no_delete BEFORE DELETE ON ledger_entry
FOR EACH ROW EXECUTE FUNCTION ledger_refuse();

CREATE TRIGGER ledger_entry_no_truncate BEFORE TRUNCATE ON ledger_entry
FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_emptying();

CREATE TRIGGER ledger_leaf_no_update BEFORE UPDATE ON ledger_leaf
FOR EACH ROW EXECUTE FUNCTION ledger_refuse();

CREATE TRIGGER ledger_leaf_no_delete BEFORE DELETE ON ledger_leaf
FOR EACH ROW EXECUTE FUNCTION ledger_refuse();

CREATE TRIGGER ledger_leaf_no_truncate BEFORE TRUNCATE ON ledger_leaf
FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_emptying();

CREATE TRIGGER ledger_tile_no_update BEFORE UPDATE ON ledger_tile
FOR EACH ROW EXECUTE FUNCTION ledger_grow();

CREATE TRIGGER ledger_tile_no_delete BEFORE DELETE ON ledger_tile
FOR EACH ROW EXECUTE FUNCTION ledger_refuse();

CREATE TRIGGER ledger_tile_no_truncate BEFORE TRUNCATE ON ledger_tile
FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_emptying();

CREATE TRIGGER ledger_checkpoint_no_update BEFORE UPDATE ON ledger_checkpoint
FOR EACH ROW EXECUTE FUNCTION ledger_refuse();

CREATE TRIGGER ledger_checkpoint_no_delete BEFORE DELETE ON ledger_checkpoint
FOR EACH ROW EXECUTE FUNCTION ledger_refuse();

CREATE TRIGGER ledger_checkpoint_no_truncate BEFORE TRUNCATE ON ledger_checkpoint
FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse_emptying();
