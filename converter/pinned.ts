import { pathCode, type Path, type ResultShape } from './expressions/paths.ts';
import { isRecord, recordOf } from './workflow/workflow.ts';

/** The data that is pinned to a converted node, in the shape of its items now. */
export function convertPinned(pinned: unknown, shape: ResultShape): unknown {
	if (!Array.isArray(pinned)) return pinned;
	return pinned.map((item: unknown) => {
		if (!isRecord(item)) return item;
		const isWrapped = isRecord(item['json']);
		const json = isWrapped ? recordOf(item['json']) : item;
		const found = shape.moved.flatMap(({ from, to }) => {
			const value = valueAt(json, from);
			return value === undefined || 'code' in to ? [] : [{ to, value }];
		});
		if (found.length === 0) return item;
		const converted: Record<string, unknown> = {};
		for (const { to, value } of found) {
			if (to.length === 0) Object.assign(converted, recordOf(value));
			else setAt(converted, to, value);
		}
		return isWrapped ? { ...item, json: converted } : converted;
	});
}

function valueAt(json: unknown, path: Path): unknown {
	return path.reduce<unknown>((value, part) => {
		if (Array.isArray(value)) return (value as unknown[])[Number(part)];
		return isRecord(value) ? value[part] : undefined;
	}, json);
}

function setAt(json: Record<string, unknown>, path: Path, value: unknown): void {
	const [first, ...rest] = path;
	if (first === undefined) throw new TypeError(`No member: ${pathCode(path)}`);
	if (rest.length === 0) {
		json[first] = value;
		return;
	}
	const inner = { ...recordOf(json[first]) };
	json[first] = inner;
	setAt(inner, rest, value);
}
