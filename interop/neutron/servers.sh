# MariaDB, Keystone and two Neutrons on one database: one asks nobody who they are, one asks Keystone. Sourced by run.

host=127.0.0.1
# Debian's Python with Debian's modules; nothing of the caller's environment.
debian=(env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 PYTHONDONTWRITEBYTECODE=1)

# Free ones, unless the caller names them.
choose_ports() {
  local free
  read -ra free < <(node -e '
    const { createServer } = require("node:net");
    const servers = [1, 2, 3].map(() => createServer().listen(0, "127.0.0.1"));
    Promise.all(servers.map((server) => new Promise((resolve) => server.once("listening", resolve)))).then(() => {
      console.log(servers.map((server) => server.address().port).join(" "));
      for (const server of servers) server.close();
    });')
  noauth_port=${NOAUTH_PORT:-${free[0]}}
  neutron_port=${NEUTRON_PORT:-${free[1]}}
  keystone_port=${KEYSTONE_PORT:-${free[2]}}
  noauth_url=http://$host:$noauth_port
  neutron_url=http://$host:$neutron_port
  keystone_url=http://$host:$keystone_port/v3
}

random_password() { od -An -N16 -tx1 /dev/urandom | tr -d ' \n'; }

start_database() {
  mariadb-install-db --no-defaults --user=root --datadir="$dir/database" --auth-root-authentication-method=normal \
    --skip-test-db >"$dir/log/database.out" 2>&1 || { show_log database; die 'mariadb-install-db failed'; }
  # Durability costs time, and nobody wants this database tomorrow.
  start database mariadbd --no-defaults --user=root --max-connections=500 --datadir="$dir/database" --socket="$socket" --skip-networking \
    --skip-log-bin --character-set-server=utf8mb3 --innodb-flush-log-at-trx-commit=0 --skip-innodb-doublewrite
  answering database "$!" sql -e 'select 1'
  sql -e 'create database neutron; create database keystone'
}

sql() { mariadb --no-defaults --socket="$socket" --user=root "$@"; }

database_url() { printf 'mysql+pymysql://root@localhost/%s?unix_socket=%s&charset=utf8' "$1" "$socket"; }

prepare_schemas() {
  admin_password=$(random_password)
  service_password=$(random_password)
  mkdir "$dir/etc/policy.d" "$dir/etc/fernet-keys"
  configure_keystone
  configure_neutron
  configure_neutron_server noauth "$noauth_port"
  configure_neutron_server keystone "$neutron_port"

  start keystone-schema "${debian[@]}" keystone-manage --config-file "$dir/etc/keystone.conf" db_sync
  local keystone_schema=$!
  start neutron-schema "${debian[@]}" "$dir/debian/usr/bin/neutron-db-manage" \
    --config-file "$dir/etc/neutron.conf" upgrade heads
  local neutron_schema=$!
  ended_well keystone-schema "$keystone_schema"
  manage_keystone fernet_setup --keystone-user root --keystone-group root
  # Neutron's middleware looks for the internal or admin endpoint.
  manage_keystone bootstrap --bootstrap-region-id RegionOne --bootstrap-public-url "$keystone_url" \
    --bootstrap-internal-url "$keystone_url" --bootstrap-admin-url "$keystone_url"
  ended_well neutron-schema "$neutron_schema"
}

manage_keystone() {
  start keystone-manage "${debian[@]}" OS_BOOTSTRAP_PASSWORD="$admin_password" keystone-manage --config-file "$dir/etc/keystone.conf" "$@"
  ended_well keystone-manage "$!"
}

start_servers() {
  start keystone "${debian[@]}" OS_KEYSTONE_CONFIG_FILES="$dir/etc/keystone.conf" \
    keystone-wsgi-public --host "$host" --port "$keystone_port"
  local keystone=$! noauth neutron
  start_neutron noauth
  noauth=$!
  start_neutron keystone
  neutron=$!
  answering keystone "$keystone" curl -s -m 5 "$keystone_url"
  answering neutron-noauth "$noauth" curl -s -m 5 "$noauth_url/v2.0/"
  answering neutron-keystone "$neutron" curl -s -m 5 "$neutron_url/v2.0/"
}

start_neutron() {
  start "neutron-$1" "${debian[@]}" "$dir/debian/usr/bin/neutron-server" \
    --config-file "$dir/etc/neutron.conf" --config-file "$dir/etc/neutron-$1.conf"
}

configure_keystone() {
  cat >"$dir/etc/keystone.conf" <<CONF
[DEFAULT]
log_file = $dir/log/keystone.log
public_endpoint = ${keystone_url%/v3}
[database]
connection = $(database_url keystone)
[fernet_tokens]
key_repository = $dir/etc/fernet-keys
[oslo_policy]
policy_dirs = $dir/etc/policy.d
CONF
}

# No agent runs: messages to one go nowhere, so that every new connection stays PENDING_CREATE.
configure_neutron() {
  cat >"$dir/etc/neutron.conf" <<CONF
[DEFAULT]
bind_host = $host
core_plugin = ml2
service_plugins = router,vpnaas
api_paste_config = $dir/debian/usr/share/neutron-common/api-paste.ini
state_path = $dir/state
transport_url = fake://
api_workers = 1
rpc_workers = 0
rpc_state_report_workers = 0
dhcp_agent_notification = false
notify_nova_on_port_status_changes = false
notify_nova_on_port_data_changes = false
[database]
connection = $(database_url neutron)
# Neutron 21 keeps some twenty of them for ever in each run that asks side by side: enough for all runs.
max_pool_size = 100
max_overflow = 200
[keystone_authtoken]
www_authenticate_uri = ${keystone_url%/v3}
auth_url = ${keystone_url%/v3}
auth_type = password
username = neutron
password = $service_password
project_name = service
user_domain_name = Default
project_domain_name = Default
[oslo_concurrency]
lock_path = $dir/state/lock
[oslo_policy]
policy_dirs = $dir/etc/policy.d
[ml2]
type_drivers = local
tenant_network_types = local
mechanism_drivers =
extension_drivers =
[service_providers]
service_provider = VPN:strongswan:neutron_vpnaas.services.vpn.service_drivers.ipsec.IPsecVPNDriver:default
CONF
}

configure_neutron_server() {
  cat >"$dir/etc/neutron-$1.conf" <<CONF
[DEFAULT]
auth_strategy = $1
bind_port = $2
log_file = $dir/log/neutron-$1.log
CONF
}
