import type { INodeExecutionData, IRun, ITaskData } from 'n8n-workflow';
import type { BinarySink } from './binary.ts';
import { reportError } from './report-error.ts';
import type { OutputItem } from './result.ts';

async function reportItem(item: INodeExecutionData, sink: BinarySink): Promise<OutputItem> {
	const report: OutputItem = { json: item.json };
	if (item.binary !== undefined && Object.keys(item.binary).length > 0) {
		report.binary = await sink.keep(item.binary);
	}
	if (item.pairedItem !== undefined) report.pairedItem = item.pairedItem;
	if (item.error !== undefined) {
		const { message, description } = reportError(item.error);
		report.error = { message, description };
	}
	return report;
}

/** The items of one run of a node, per main output. */
export async function reportOutputs(
	outputs: (INodeExecutionData[] | null)[],
	sink: BinarySink,
): Promise<OutputItem[][]> {
	const reported: OutputItem[][] = [];
	for (const items of outputs) {
		const list: OutputItem[] = [];
		for (const item of items ?? []) list.push(await reportItem(item, sink));
		reported.push(list);
	}
	return reported;
}

/** The record of one run of the node, if it got that far. */
export function findTask(run: IRun, nodeName: string, runIndex: number): ITaskData | undefined {
	return run.data.resultData.runData[nodeName]?.[runIndex];
}
