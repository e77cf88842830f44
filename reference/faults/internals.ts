/** What gives an implementation away: name, what it is, and how it looks in a body. */
export const INTERNALS: readonly (readonly [name: string, describes: string, text: string])[] = [
  [
    'python',
    'a Python stack trace',
    'Traceback (most recent call last):\n  File "/usr/lib/python3/dist-packages/neutron/api/v2/resource.py", line 98, in resource\n    result = method(request=request, **args)\nKeyError: \'vpn\'',
  ],
  [
    'java',
    'a Java stack trace',
    'java.lang.NullPointerException: null\n\tat com.example.vpn.web.ConnectionController.list(ConnectionController.java:57)\n\tat java.base/java.lang.Thread.run(Thread.java:840)',
  ],
  [
    'spring',
    'a Spring exception',
    'org.springframework.web.servlet.NoHandlerFoundException: No handler found for GET /v2.0/vpn',
  ],
  [
    'javascript',
    'a JavaScript stack trace',
    "TypeError: Cannot read properties of undefined (reading 'id')\n    at list (/srv/vpn-api/routes/list.js:31:18)\n    at Layer.handle (/srv/vpn-api/node_modules/express/lib/router/layer.js:95:5)",
  ],
  [
    'go',
    'a Go stack trace',
    'panic: runtime error: index out of range [3] with length 3\n\ngoroutine 42 [running]:\nmain.list(0xc000012345)\n\t/src/vpn/list.go:88 +0x1d',
  ],
  [
    'php',
    'a PHP error',
    'PHP Fatal error:  Uncaught Error: Call to a member function find() on null in /var/www/vpn/list.php on line 12\nStack trace:\n#0 {main}',
  ],
  [
    'dotnet',
    'a .NET stack trace',
    'System.NullReferenceException: Object reference not set to an instance of an object.\n   at Vpn.Api.ConnectionController.List(String fields) in C:\\src\\Vpn\\ConnectionController.cs:line 44',
  ],
  [
    'ruby',
    'a Ruby stack trace',
    "app/controllers/vpn_controller.rb:21:in `index'\nactionpack (7.0.4) lib/action.rb:6:in `send_action'",
  ],
  ['rust', 'a Rust panic', "thread 'main' panicked at src/list.rs:17:9:\ncalled `Option::unwrap()` on a `None` value"],
  [
    'mysql',
    'a MySQL error',
    "You have an error in your SQL syntax; check the manual for the right syntax to use near ''' at line 1",
  ],
  [
    'postgres',
    'a PostgreSQL error',
    'psycopg2.errors.SyntaxError: syntax error at or near "FROM"\nLINE 1: SELECT id FROM ipsec_site_connections WHERE',
  ],
  ['oracle', 'an Oracle error', 'ORA-00942: table or view does not exist'],
  [
    'sqlalchemy',
    'an SQLAlchemy error',
    '(sqlite3.OperationalError) no such column: foo\n[SQL: SELECT ipsec_site_connections.id FROM ipsec_site_connections]\n(Background on this error at: https://sqlalche.me/e/14/e3q8)',
  ],
  ['path', 'a path of the server', 'No route in /usr/lib/python3/dist-packages/neutron_vpnaas/extensions/vpnaas.py'],
  ['mysql.column', 'a column that MySQL does not know', "Unknown column 'no_such' in 'field list'"],
  ['sqlite.column', 'a column that SQLite does not know', 'SQLITE_ERROR: no such column: no_such'],
  ['postgres.column', 'a column that PostgreSQL does not know', 'pq: column "no_such" does not exist'],
  ['mongo', 'an error of MongoDB', 'MongoServerError: bad projection'],
  ['javascript.property', 'an error of JavaScript', "Cannot read properties of undefined (reading 'split')"],
  ['javascript.frame', 'a frame of a JavaScript stack trace without a function', 'at /srv/api/list.js:10:5'],
  ['python.none', 'an error of Python', "'NoneType' object has no attribute 'split'"],
  ['python.key', 'an error of a Python dictionary', "KeyError: 'no_such'"],
];
