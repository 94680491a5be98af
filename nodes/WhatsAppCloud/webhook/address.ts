/** Whether both addresses are of one n8n. */
export function isSameOrigin(left: string, right: string): boolean {
	return URL.canParse(left) && new URL(left).origin === new URL(right).origin;
}

/** Test and production address of one node differ in the beginning of the path alone. */
export function isSameNode(left: string, right: string): boolean {
	const tail = (url: string) => new URL(url).pathname.split('/').slice(-2).join('/');
	return isSameOrigin(left, right) && tail(left) === tail(right);
}

const PRIVATE_HOST =
	/^(localhost$|.*\.(localhost|local|internal)$|127\.|10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|\[?::1|\[?f[cd])/i;

/** Whether Meta could call the address at all. */
export function isPublicHttps(url: string): boolean {
	if (!URL.canParse(url)) return false;
	const { protocol, hostname } = new URL(url);
	return protocol === 'https:' && hostname.includes('.') && !PRIVATE_HOST.test(hostname);
}
