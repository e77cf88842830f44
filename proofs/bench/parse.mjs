// A process that reads the list of a target and parses it once: what the bytes themselves cost. It prints bytes and seconds.
const answer = await fetch(`${process.argv[2]}/v2.0/vpn/ipsec-site-connections`);
const text = await answer.text();
const begun = process.cpuUsage();
const list = JSON.parse(text);
const { user, system } = process.cpuUsage(begun);
process.stdout.write(
  JSON.stringify({
    bytes: Buffer.byteLength(text),
    seconds: (user + system) / 1e6,
    elements: Object.keys(list).length,
  }),
);
