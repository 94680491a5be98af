import { executionError, nodeRuns } from '../../../scripts/host/execution-data.ts';

/** As n8n stores it: a string inside an object or array is the index of its value. */
const stored = JSON.stringify([
	{ resultData: '1' },
	{ runData: '2', error: '11' },
	{ Send: '3', Empty: '13' },
	['4'],
	{ data: '5' },
	{ main: '6' },
	['7', null],
	['8'],
	{ json: '9' },
	{ outcome: '10', attempts: 1, self: '9' },
	'sent',
	{ message: '12' },
	'It failed',
	['14'],
	{ error: '11' },
]);

test('the run data of an execution is read, repeated and circular parts included', () => {
	const runs = nodeRuns(stored);
	const json = runs['Send']?.[0]?.outputs[0]?.[0]?.json;
	expect(json).toMatchObject({ outcome: 'sent', attempts: 1 });
	expect(json?.['self']).toBe(json);
	expect(runs['Send']?.[0]?.outputs[1]).toEqual([]);
	expect(runs['Empty']).toEqual([{ error: { message: 'It failed' }, outputs: [] }]);
});

test('the error of an execution is read', () => {
	expect(executionError(stored)).toBe('It failed');
	expect(executionError(JSON.stringify([{ resultData: '1' }, { runData: '2' }, {}]))).toBeNull();
});
