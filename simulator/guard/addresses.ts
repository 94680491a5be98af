/** Who may be named in a request, and who may be called. */
export interface Addresses {
	/** Whether a `Host` header names this simulator, and not a stranger's name for it. */
	isOwn(host: string): boolean;
	/** Whether a callback may be called there. */
	isCallable(url: string): boolean;
}

interface AddressOptions {
	/** Names beyond those of this machine that `Host` may have, without port. */
	hosts: readonly string[];
	/** Hosts beyond this machine that callbacks may be on; `*` is any. */
	callbackHosts: readonly string[];
}

/** 127.0.0.0/8 and ::1, as `URL` writes them, and the names that browsers resolve to them alone. */
const loopback = /^(?:localhost|[\w.-]+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * Addresses of this machine are always allowed. Any other name in `Host` may have been led here by
 * its owner (DNS rebinding), and any other callback may be a machine that only this one reaches.
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

/** Lower-case, IPv4 in its usual form and IPv6 in brackets; undefined for what is no web address. */
function hostnameOf(url: string): string | undefined {
	if (!URL.canParse(url)) return undefined;
	const { protocol, hostname, username, password } = new URL(url);
	if (protocol !== 'http:' && protocol !== 'https:') return undefined;
	return username === '' && password === '' ? hostname.replace(/\.$/, '') : undefined;
}

/** Why a callback is not called. */
export const notCallable =
	'it is not on this machine; --allow-callback HOST lets the simulator call other hosts';
