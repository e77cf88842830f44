/** The member that holds the list: erratum unnamed-wrapper. */
export const wrapper = 'ipsec_site_connections';
