/** Patterns that give an implementation away and that no ordinary message has, each with a name for it. */
export const internals: readonly { pattern: RegExp; what: string }[] = [
  { pattern: /Traceback \(most recent call last\)/, what: 'a Python stack trace' },
  { pattern: /\bFile \\?"[^"\n]+\.py\\?", line \d+/, what: 'a frame of a Python stack trace' },
  {
    // The module stands before a slash, its version after an @.
    pattern: /\bat [\w$.<>@/-]+\(([\w$]+\.(java|kt|scala|groovy)(:\d+)?|Native Method|Unknown Source)\)/,
    what: 'a Java stack trace',
  },
  {
    pattern: /\b(java|javax|jakarta|org\.springframework|com\.sun)\.[\w.]+(Exception|Error)\b/,
    what: 'a Java exception',
  },
  {
    pattern: /\b[a-z]\w*(\.[a-z]\w*)+\.[A-Z][\w$]*(Exception|Error)\b/,
    what: 'an exception of a package',
  },
  { pattern: /\bat .{1,200}\([^()\n]*\.(js|ts|mjs|cjs):\d+:\d+\)/, what: 'a JavaScript stack trace' },
  { pattern: /\bgoroutine \d+ \[[a-z ]+\]:|\bpanic: runtime error/, what: 'a Go stack trace' },
  {
    pattern: /\b(Stack trace:\s*(\\n|\n)?\s*#0|PHP (Fatal|Parse) error|in \/\S+\.php on line \d+)/,
    what: 'a PHP error',
  },
  {
    // As PHP displays them, in HTML or not.
    pattern:
      /\b(Warning|Notice|Deprecated|Fatal error|Parse error)(<\/b>)?: .{1,300} in (<b>)?\S+\.(php|phtml|inc)(<\/b>)? on line (<b>)?\d+/,
    what: 'a PHP error',
  },
  { pattern: /\bat [\w.`<>]+\(.*\) in .+\.cs:line \d+/, what: 'a .NET stack trace' },
  {
    // A release has no files to name: the exception comes first, then what it passed through.
    pattern: /(Exception|Error)\b[^\n]*\n([^\n]*\n)?[ \t]+at [\w.`<>+[\],]+\([^()\n]*\)[ \r]*(\n|"|$)/,
    what: 'a .NET stack trace',
  },
  {
    // With the number that Windows gives it, or of a database's driver, whose packages begin with a capital.
    pattern: /\bException \(0x[0-9A-Fa-f]{8}\)|\b[A-Z]\w*\.(Postgres|Npgsql|MySql|Sqlite|Sql|Oracle|Db\w*)Exception\b/,
    what: 'a .NET exception',
  },
  { pattern: /\.rb:\d+:in [`']/, what: 'a Ruby stack trace' },
  { pattern: /thread '[^']+' panicked at/, what: 'a Rust panic' },
  { pattern: /\bterminate called after throwing an instance of '/, what: 'a C++ exception' },
  { pattern: /\{file,\\?"[^"\n]+\.(erl|hrl|ex|exs)\\?"\},\{line,\d+\}/, what: 'an Erlang stack trace' },
  {
    pattern:
      /\.lua:\d+: |\battempt to (index|call|concatenate|compare|perform arithmetic on) .{0,80}\b(nil|boolean|number|string|table|function|userdata) values?\b/,
    what: 'an error of Lua',
  },
  {
    pattern: /SQLSTATE\[?\s?\w{5}|You have an error in your SQL syntax|\bORA-\d{5}\b|near ".*": syntax error/,
    what: 'an SQL error',
  },
  {
    pattern:
      /\b(sqlalchemy|psycopg2?|pymysql|MySQLdb|oslo_db|sqlite3|asyncpg|pymongo)\.[\w.]+|\b(ProgrammingError|OperationalError|IntegrityError|DBError)\b/,
    what: 'an error of a database driver',
  },
  {
    // In capitals, as statements are written: columns, and a table.
    pattern:
      /\bSELECT\s+(DISTINCT\s+)?(\*|COUNT\(|["'`[]?\w+["'`\]]?(\.["'`[]?\w+["'`\]]?)*(\s+AS\s+\w+)?(\s*,|\s+FROM\b)).{0,400}?\bFROM\s+["'`[]?\w+|\bINSERT\s+INTO\s+["'`[]?\w+["'`\]]?\s*(\(|VALUES\b)|\bUPDATE\s+["'`[]?\w+["'`\]]?\s+SET\s+\S+\s*=|\bDELETE\s+FROM\s+["'`[]?\w+["'`\]]?\s+WHERE\b/s,
    what: 'an SQL statement',
  },
  {
    // In any letter case, where the table has a name that no sentence has.
    pattern:
      /\bselect\b.{1,400}?\bfrom\s+["'`[]?(\w+["'`\]]?\.["'`[]?)?(\w+_\w+|ipsec\w*|vpn\w*)\b|\b(insert\s+into|update|delete\s+from)\s+["'`[]?(\w+_\w+|ipsec\w*|vpn\w*)["'`\]]?\s*(\(|values\b|set\s+\S+\s*=|where\b)/is,
    what: 'an SQL statement',
  },
  { pattern: /\bInvalid `\w+\.\w+\.\w+\(\)` invocation/, what: 'an error of a database client' },
  { pattern: /\[SQL: (SELECT|INSERT|UPDATE|DELETE|WITH)\b/, what: 'an SQL statement' },
  {
    pattern:
      /\bUnknown column '|\bInvalid (column|object) name '|\bno such (column|table): |\bIncorrect syntax near '|\bUnclosed quotation mark after the character string\b|\bMongo(Server|Network)?Error\b|\bE11000 duplicate key|\bpq: |\b(column|relation) "[^"]+" does not exist|\bSqlException\b/,
    what: 'an error of a database',
  },
  {
    pattern:
      /\bCannot read propert(y|ies) (of (undefined|null)|'\w+' of (undefined|null))|\b\w+(\.\w+)+ is not a function\b|'NoneType' object\b|\b(AttributeError|KeyError|TypeError|NullPointerException|NullReferenceException|FunctionClauseError): |\bat \S+ line \d+\.$|\bat \S+\.(pl|pm|cgi|psgi) line \d+|\*\* \((\w+\.)*\w*Error\)|\bat (file:\/\/)?\/\S+\.(js|mjs|cjs|ts):\d+:\d+/m,
    what: 'an error of an interpreter',
  },
  {
    pattern: /Werkzeug Debugger|Whoops, looks like something went wrong|DJANGO_SETTINGS_MODULE/,
    what: 'a debugging page',
  },
  {
    pattern:
      /(?<!\b(?:src|href)=["']?[^"'\s>]*)\/(usr\/lib|usr\/local\/lib|opt|home|var\/lib|site-packages|dist-packages|node_modules)\/[\w./-]+\.(py|js|rb|php|jar|so)\b/,
    what: 'a path of the server',
  },
];
