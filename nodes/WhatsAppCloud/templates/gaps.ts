/**
 * The first place that is skipped: `body.2` of `body.1` and `body.3`. Meta tells numbered variables
 * and cards by their order alone, so the values after the gap would move up by one.
 *
 * @param ids of the values that are there
 */
export function firstGap(ids: readonly string[]): string | undefined {
	const places = new Map<string, Set<number>>();
	for (const id of ids) {
		const card = /^(card\.)(\d+)\./.exec(id);
		const variable = /^((?:card\.\d+\.)?body\.)([1-9]\d*)$/.exec(id);
		for (const [, list = '', place] of [card, variable].filter((match) => match !== null)) {
			places.set(list, (places.get(list) ?? new Set<number>()).add(Number(place)));
		}
	}
	for (const [list, taken] of places) {
		const first = list === 'card.' ? 0 : 1;
		for (let place = first; place < first + taken.size; place++) {
			if (!taken.has(place)) return `${list}${place}`;
		}
	}
	return undefined;
}
