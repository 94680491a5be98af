/** Whether both addresses are of one n8n. */
export function isSameOrigin(left: string, right: string): boolean {
	return URL.canParse(left) && new URL(left).origin === new URL(right).origin;
}

/** Test and production address of one node differ in the beginning of the path alone. */
export function isSameNode(left: string, right: string): boolean {
	const tail = (url: string) => new URL(url).pathname.split('/').slice(-2).join('/');
	return isSameOrigin(left, right) && tail(left) === tail(right);
}
