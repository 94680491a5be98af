import { BlockList, isIP } from 'node:net';

/**
 * Networks not routed on the internet: https://www.iana.org/assignments/iana-ipv4-special-registry
 */
const unroutable = new BlockList();
for (const [network, prefix] of [
	['0.0.0.0', 8],
	['10.0.0.0', 8],
	['100.64.0.0', 10],
	['127.0.0.0', 8],
	['169.254.0.0', 16],
	['172.16.0.0', 12],
	['192.0.0.0', 24],
	['192.168.0.0', 16],
	['198.18.0.0', 15],
	['224.0.0.0', 3],
] as const) {
	unroutable.addSubnet(network, prefix, 'ipv4');
}
for (const [network, prefix] of [
	['::', 127],
	['fc00::', 7],
	['fe80::', 10],
	['ff00::', 8],
] as const) {
	unroutable.addSubnet(network, prefix, 'ipv6');
}

/** Names that no public DNS server resolves, including names without a domain. */
const LOCAL_NAME = /^[^.]*$|\.(localhost|local|internal)$/i;

/**
 * Whether a host can be reached from the internet, judged by its name or address alone.
 *
 * @param hostname As in `URL`: normalised addresses, IPv6 in brackets.
 */
export function isPublicHost(hostname: string): boolean {
	const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
	const version = isIP(host);
	if (version === 0) return !LOCAL_NAME.test(host);
	// `BlockList` checks an IPv4-mapped IPv6 address as IPv4.
	return !unroutable.check(host, version === 6 ? 'ipv6' : 'ipv4');
}
