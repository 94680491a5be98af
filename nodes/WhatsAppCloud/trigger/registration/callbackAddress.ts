import { isPublicHost } from '../../graph/http/publicHost';

/** Whether both addresses belong to the same n8n. */
export function isSameOrigin(left: string, right: string): boolean {
	const areAddresses = URL.canParse(left) && URL.canParse(right);
	return areAddresses && new URL(left).origin === new URL(right).origin;
}

/** Whether an address is below another one on the same host. */
export function isBelow(url: string, base: string): boolean {
	if (!isSameOrigin(url, base)) return false;
	const folder = new URL(base).pathname.replace(/\/*$/, '/');
	return new URL(url).pathname.startsWith(folder);
}

/** Address of a trigger's n8n: everything before the trigger's own part of the path. */
export function n8nOf(triggerUrl: string): string {
	return URL.canParse('../../', triggerUrl) ? new URL('../../', triggerUrl).href : triggerUrl;
}

/** A node's test and production addresses differ only in the beginning of the path. */
export function isSameNode(left: string, right: string): boolean {
	const tail = (url: string) => new URL(url).pathname.split('/').slice(-2).join('/');
	return isSameOrigin(left, right) && tail(left) === tail(right);
}

/** Whether Meta could call the address at all. */
export function isPublicHttps(url: string): boolean {
	if (!URL.canParse(url)) return false;
	const { protocol, hostname } = new URL(url);
	return protocol === 'https:' && isPublicHost(hostname);
}
