/** Which names requests may use for the simulator, and which hosts it may call. */
export interface Addresses {
	/** Whether a `Host` header is a name of this simulator, and not one that a stranger chose. */
	isOwn(host: string): boolean;
	/** Whether the simulator may call this callback. */
	isCallable(url: string): boolean;
}

interface AddressOptions {
	/** Names allowed in `Host` besides those of this machine, without port. */
	hosts: readonly string[];
	/** Hosts besides this machine that callbacks may be on; `*` is any. */
	callbackHosts: readonly string[];
}

/** 127.0.0.0/8 and ::1, as `URL` writes them, and the names that browsers resolve only to them. */
const loopback = /^(?:localhost|[\w.-]+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * Addresses of this machine are always allowed. Any other name in `Host` may have been pointed here
 * by its owner (DNS rebinding), and any other callback may be on a machine only reachable from here.
 */
export function addressesOf({ hosts, callbackHosts }: AddressOptions): Addresses {
	const own = new Set(hosts.map((host) => hostnameOf(`http://${host}`) ?? host));
	const callable = new Set(callbackHosts.map((host) => hostnameOf(`http://${host}`) ?? host));
	const known = new Map<string, boolean>();
	const isOwn = (host: string): boolean => {
		const hostname = hostnameOf(`http://${host}`);
		return hostname !== undefined && (loopback.test(hostname) || own.has(hostname));
	};
	return {
		isOwn(host) {
			let answer = known.get(host);
			if (answer === undefined) {
				answer = isOwn(host);
				if (known.size > 1000) known.clear();
				known.set(host, answer);
			}
			return answer;
		},
		isCallable(url) {
			const hostname = hostnameOf(url);
			return (
				hostname !== undefined &&
				(callable.has('*') || loopback.test(hostname) || callable.has(hostname))
			);
		},
	};
}

/** Lower-case, IPv4 in its usual form, IPv6 in brackets; undefined unless it is a web address. */
function hostnameOf(url: string): string | undefined {
	if (!URL.canParse(url)) return undefined;
	const { protocol, hostname, username, password } = new URL(url);
	if (protocol !== 'http:' && protocol !== 'https:') return undefined;
	return username === '' && password === '' ? hostname.replace(/\.$/, '') : undefined;
}

/** Why a callback is not called. */
export const notCallable =
	'it is not on this machine; --allow-callback HOST lets the simulator call other hosts';
