/** A checkout runs the sources, an installed package what was built of them. */
const isCheckout = import.meta.url.endsWith('.ts');

/** The command that tests a target, as the user of this program types it. */
export const program = isCheckout ? 'npm test' : 'npx ipsec-vpn-conformance';

/** The same where options follow. */
export const programWithOptions = isCheckout ? `${program} --` : program;
