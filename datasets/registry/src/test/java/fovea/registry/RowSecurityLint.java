package fovea.registry;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Reads a migrated catalogue for ways round row-level security; a finding a line. */
final class RowSecurityLint {
  private static final String OURS =
      "n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')"
          + " AND n.nspname NOT LIKE 'pg_temp%' AND n.nspname NOT LIKE 'pg_toast_temp%'";

  /** Values that the server makes at random: that one is taken says nothing. */
  private static final String RANDOM = "'id', 'object_key', 'audit_id', 'token_hash', 'user_id'";

  /** Lent to the API on purpose: ids of what is due and of whom, nothing else. */
  private static final String LENT = "'claim_webhook_deliveries(integer)'";

  private static final List<String> RULES =
      List.of(
          """
          SELECT 'table without forced row-level security: ' || c.relname
          FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
          WHERE %s AND c.relkind IN ('r', 'p') AND c.relname <> 'flyway_schema_history'
            AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
          """
              .formatted(OURS),
          """
          SELECT 'policy that asks nothing: ' || p.polname || ' on ' || c.relname
          FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid,
          LATERAL (VALUES (pg_get_expr(p.polqual, p.polrelid)),
                          (pg_get_expr(p.polwithcheck, p.polrelid))) AS e (text)
          WHERE p.polpermissive AND e.text IS NOT NULL
            AND e.text !~*
              'current_setting\\(''fovea\\.|session_user = current_user|pg_has_role\\(current_user'
          """,
          """
          SELECT 'policy for everybody: ' || p.polname || ' on ' || c.relname
          FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
          WHERE p.polpermissive AND 0 = ANY (p.polroles)
          """,
          """
          SELECT 'policy with a way out: ' || p.polname || ' on ' || c.relname
          FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid,
          LATERAL (VALUES (pg_get_expr(p.polqual, p.polrelid)),
                          (pg_get_expr(p.polwithcheck, p.polrelid))) AS e (text)
          WHERE p.polpermissive AND e.text ~* '\\mor\\s+\\(?(true|1\\s*=\\s*1)\\M|^\\(?true\\s+or\\M'
          """,
          """
          SELECT 'view with its owner''s eyes: ' || c.relname
          FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
          WHERE %s AND (c.relkind = 'm' OR (c.relkind = 'v' AND NOT EXISTS (
            SELECT FROM unnest(c.reloptions) o WHERE o IN ('security_invoker=true', 'security_invoker=on'))))
          """
              .formatted(OURS),
          """
          SELECT 'definer function that others may call: ' || p.proname
          FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
          WHERE %s AND p.prosecdef AND NOT (p.prorettype = 'trigger'::regtype
            AND NOT has_function_privilege('fovea_api', p.oid, 'EXECUTE')
            AND NOT has_function_privilege('fovea_jobs', p.oid, 'EXECUTE'))
            AND p.oid::regprocedure::text NOT IN (%s)
          """
              .formatted(OURS, LENT),
          """
          SELECT 'function with a mutable search_path: ' || p.proname
          FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
          WHERE %s AND NOT EXISTS (
            SELECT FROM unnest(p.proconfig) o WHERE o LIKE 'search_path=%%')
          """
              .formatted(OURS),
          """
          SELECT 'right that passes row-level security: ' || a.privilege_type || ' on ' || c.relname
          FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, aclexplode(c.relacl) a
          WHERE %s AND c.relkind IN ('r', 'p') AND a.grantee <> c.relowner
            AND a.privilege_type IN ('TRUNCATE', 'REFERENCES', 'TRIGGER')
          """
              .formatted(OURS),
          """
          SELECT 'right for everybody: ' || a.privilege_type || ' on ' || c.relname
          FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, aclexplode(c.relacl) a
          WHERE %s AND a.grantee = 0
          """
              .formatted(OURS),
          """
          SELECT 'unique across organisations: ' || i.indexrelid::regclass
          FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
          JOIN pg_namespace n ON n.oid = c.relnamespace
          WHERE %s AND i.indisunique AND EXISTS (
              SELECT FROM pg_attribute WHERE attrelid = c.oid AND attname = 'organization_id')
            AND NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = c.oid
              AND attnum = ANY (i.indkey) AND attname IN ('organization_id', %s))
          """
              .formatted(OURS, RANDOM),
          """
          SELECT 'key into another organisation: ' || k.conname
          FROM pg_constraint k
          JOIN pg_attribute mine ON mine.attrelid = k.conrelid AND mine.attname = 'organization_id'
          JOIN pg_attribute theirs ON theirs.attrelid = k.confrelid
            AND theirs.attname = 'organization_id'
          WHERE k.contype = 'f' AND NOT mine.attnum = ANY (k.conkey)
          """);

  private RowSecurityLint() {}

  static List<String> findings(Connection connection) throws SQLException {
    List<String> findings = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      for (String rule : RULES) {
        try (ResultSet rows = statement.executeQuery(rule)) {
          while (rows.next()) {
            findings.add(rows.getString(1));
          }
        }
      }
    }
    return findings;
  }
}
