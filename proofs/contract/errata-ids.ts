/**
 * The errata: where the page contradicts itself or leaves something open, and requirements whose failure each explains.
 * Written by hand.
 */
export const errataIds: Readonly<Record<string, readonly string[]>> = {
  'status-spelling': ['enums.status'],
  'note-against-table': [
    ...['project_id', 'peer_id', 'dpd'].flatMap((name) => [`parameters.presence.${name}`, `parameters.type.${name}`]),
    ...['project_id', 'peer_id', 'dpd', 'local_id'].map((name) => `projection.undefined.${name}`),
    ...['project_id', 'peer_id', 'dpd', 'local_id'].map((name) => `projection.beside.${name}`),
  ],
  'flat-dpd-rows': [
    ...['interval', 'timeout', 'action'].flatMap((name) => [
      `parameters.presence.dpd.${name}`,
      `parameters.type.dpd.${name}`,
      `defaults.dpd.${name}`,
      `projection.undefined.${name}`,
    ]),
    'enums.dpd.action',
    'forms.dpd.interval',
    'forms.dpd.timeout',
  ],
  'unnamed-wrapper': ['envelope.wrapper', 'envelope.elements'],
  'two-project-names': ['consistency.same-project', 'parameters.presence.tenant_id', 'parameters.presence.project_id'],
  nullability: ['parameters.type.peer_ep_group_id', 'parameters.type.local_ep_group_id', 'parameters.type.mtu'],
  'deprecated-yet-returned': ['parameters.presence.peer_cidrs'],
  'returned-values-by-link': ['envelope.status'],
  'several-fields': [
    'projection.with-id.mtu',
    'projection.combinations',
    'projection.all',
    'projection.order',
    'projection.repeated',
  ],
  'defaults-unseen': ['defaults.route_mode', 'defaults.auth_mode', 'defaults.dpd.action'],
  'credentials-unmentioned': ['authentication.missing'],
};
