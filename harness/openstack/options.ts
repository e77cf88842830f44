/** The options of OpenStack's programs, by the names that clouds.yaml and the OS_ variables share. */
export const optionNames = [
  'auth_url',
  'auth_type',
  'identity_api_version',
  'username',
  'user_id',
  'password',
  'user_domain_name',
  'user_domain_id',
  'project_name',
  'project_id',
  'tenant_name',
  'tenant_id',
  'project_domain_name',
  'project_domain_id',
  'domain_name',
  'domain_id',
  'default_domain',
  'default_domain_name',
  'default_domain_id',
  'application_credential_id',
  'application_credential_name',
  'application_credential_secret',
  'token',
  'region_name',
  'interface',
  'endpoint_type',
  'network_endpoint_override',
  'cacert',
  'cert',
  'key',
  'insecure',
] as const;
export type OptionName = (typeof optionNames)[number];

export type OptionValues = Readonly<Partial<Record<OptionName, string>>>;

/** Options, and where they were found. */
export type OpenStackOptions = {
  values: OptionValues;
  /** Where each that was found stands: a variable, or a member of clouds.yaml. */
  kind: 'variable' | 'member';
  /** Ends a message: which cloud of which file; empty for the environment. */
  place: string;
  /** The variables that were found, where others stand in a file. */
  overrides: ReadonlySet<OptionName>;
};

/** The variable of an option. */
export function variableOf(option: OptionName): string {
  return `OS_${option.toUpperCase()}`;
}

/** How the user writes an option. */
export function writtenAs({ kind, overrides }: OpenStackOptions, option: OptionName): string {
  return kind === 'variable' || overrides.has(option) ? variableOf(option) : option;
}

/** The options of an environment; an empty variable counts as not set. */
export function environmentOptions(environment: NodeJS.ProcessEnv): OpenStackOptions {
  return { values: variableValues(environment, optionNames), kind: 'variable', place: '', overrides: new Set() };
}

/** The values of some options in an environment. */
export function variableValues(environment: NodeJS.ProcessEnv, names: readonly OptionName[]): OptionValues {
  return Object.fromEntries(
    names.flatMap((option) => {
      const text = environment[variableOf(option)];
      return text === undefined || text === '' ? [] : [[option, text]];
    }),
  );
}

/** Whether a text says yes, as OpenStack's programs read it. */
export function saysYes(text: string | undefined): boolean {
  return /^(1|t|true|y|yes|on)$/i.test(text ?? '');
}
