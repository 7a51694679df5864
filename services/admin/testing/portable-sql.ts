/**
 * The SQL that the services may use: what PostgreSQL, CockroachDB, YugabyteDB and Citus all document (docs/sql.md). A word
 * that is not listed here has to be looked up for each of them first.
 */

const STATEMENTS = [
  /^select\b/,
  /^insert into\b/,
  /^update\b/,
  /^delete from\b/,
  // A change of one row, and a row that says so.
  /^with "swapped" as \((insert into|update|delete from) .* returning "\w+"\) insert into "\w+" \([^)]*\) select .* from "swapped" returning\b/,
];
const CHANGES = [/^create table\b/, /^create (unique )?index\b/, /^alter table \S+ add column\b/, /^drop index\b/];

const WORDS = new Set(
  `with select insert into values update set delete from where and or in is not null as on conflict do nothing
   returning order by asc desc limit between like
   case when then else end
   count greatest least coalesce`.split(/\s+/),
);
const CHANGE_WORDS = new Set(
  `create drop table index unique alter add column primary key check constraint default
   text bytea int4 int8 integer bigint boolean jsonb`.split(/\s+/),
);

/** What one statement has that is not in the list; empty if nothing. `names` are our tables and columns. */
export function foreignTo(statement: string, names: ReadonlySet<string>): string[] {
  const text = statement.trim().replace(/\s+/g, ' ').toLowerCase();
  const isChange = CHANGES.some((form) => form.test(text));
  if (!isChange && !STATEMENTS.some((form) => form.test(text))) return [`form: ${text.slice(0, 40)}`];
  const known = (word: string) => WORDS.has(word) || names.has(word) || (isChange && CHANGE_WORDS.has(word));
  return wordsOf(text).filter((word) => !known(word));
}

/** Words outside quotes, and operators other than those that every engine has. */
function wordsOf(text: string): string[] {
  const rest = text
    .replace(/'[^']*'/g, ' ')
    .replace(/"[^"]*"/g, ' ')
    .replace(/\$\d+/g, ' ');
  const words = rest.match(/[a-z_][a-z0-9_]*/g) ?? [];
  const operators = rest.match(/::|->>?|#>>?|@>|<@|~|\|\||\?/g) ?? [];
  return [...words, ...operators];
}

/** The table of a statement on rows, and whether it names one row or one account by its key. */
export function reachOf(statement: string, keys: Readonly<Record<string, string>>): { table: string; keyed: boolean } {
  const text = statement.replace(/\s+/g, ' ').replace(/^with "swapped" as \(/, '');
  const table = /(?:from|into|update) "(\w+)"/.exec(text)?.[1] ?? '';
  const key = keys[table] ?? '';
  const keyed = text.startsWith('insert') ? text.includes(`"${key}"`) : text.includes(`"${key}" = $`);
  return { table, keyed };
}
