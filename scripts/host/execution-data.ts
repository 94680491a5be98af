/** What a node did in an execution, as far as the scripts and tests need it. */
interface NodeRun {
	error?: { message: string; description?: string };
	/** As n8n measures it. */
	executionTimeMs: number;
	/** Items by output. */
	outputs: { json: Record<string, unknown> }[][];
}

interface StoredRun {
	executionTime: number;
	error?: { message: string; description?: string };
	data?: { main?: ({ json: Record<string, unknown> }[] | null)[] };
}

interface StoredExecution {
	resultData: {
		error?: { message: string; description?: string };
		runData: Record<string, StoredRun[]>;
	};
}

/** The runs of each node, by name, from the `data` of n8n's execution. */
export function nodeRuns(data: string): Record<string, NodeRun[]> {
	const { runData } = (decode(data) as StoredExecution).resultData;
	return Object.fromEntries(
		Object.entries(runData).map(([name, runs]) => [
			name,
			runs.map((run) => ({
				...(run.error === undefined ? {} : { error: run.error }),
				executionTimeMs: run.executionTime,
				outputs: (run.data?.main ?? []).map((items) => items ?? []),
			})),
		]),
	);
}

/** Why the execution failed, or null. */
export function executionError(data: string): string | null {
	const { error } = (decode(data) as StoredExecution).resultData;
	if (error === undefined) return null;
	return [error.message, error.description].filter(Boolean).join(': ');
}

/**
 * n8n stores run data in the format of the package `flatted`: a list of values in which every string
 * inside an object or array is the index of the actual value.
 */
function decode(text: string): unknown {
	const list = JSON.parse(text) as unknown[];
	const known = new Map<number, unknown>();
	const at = (index: number): unknown => {
		if (known.has(index)) return known.get(index);
		const value = list[index];
		if (typeof value !== 'object' || value === null) return value;
		const result: Record<string, unknown> | unknown[] = Array.isArray(value) ? [] : {};
		// Registered before it is filled: run data may contain cycles.
		known.set(index, result);
		const entries = Object.entries(value).map(([key, entry]: [string, unknown]) => [
			key,
			typeof entry === 'string' ? at(Number(entry)) : entry,
		]);
		return Object.assign(result, Object.fromEntries(entries));
	};
	return at(0);
}
