import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import {
	readPriceFiles,
	readPrices,
	type PriceFile,
	type PriceList,
} from '../../pricing/card/priceList';
import type { RateCardSource } from '../../pricing/rateCardFields';
import { FieldProblem } from '../../values/problem';

/** Meta's own files have a few kilobytes. */
const maxFileBytes = 8 * 1024 * 1024;

/**
 * Reads the prices that the user has given.
 *
 * @returns null if there are to be none
 * @throws FieldProblem if a file is missing, or holds no rate card
 */
export async function readGivenPrices(
	host: IExecuteFunctions,
	{ rateCardSource, rateCardFile, rateCardItems }: RateCardSource,
): Promise<PriceList | null> {
	if (rateCardSource === 'none') return null;
	if (rateCardSource === 'json') return readPrices(rateCardItems ?? '');
	const files = await Promise.all(rateCardFile.map(async (file) => await openFile(host, file)));
	return await readPriceFiles(files);
}

/** @param file an object, or the name of a binary field of whichever item has it */
async function openFile(host: IExecuteFunctions, file: string | IBinaryData): Promise<PriceFile> {
	const items = host.getInputData();
	const index =
		typeof file === 'string' ? items.findIndex(({ binary }) => binary?.[file] !== undefined) : 0;
	if (typeof file === 'string' && index === -1) {
		const present = [...new Set(items.flatMap(({ binary }) => Object.keys(binary ?? {})))];
		throw new FieldProblem(
			'Input Binary Field',
			`is "${file}", but no input item has such a binary field`,
			present.length === 0
				? "Read or download the rate card in a node before this one, and point to it with an expression such as {{ $('Rate Card').first().binary.data }}."
				: `The input has: ${present.join(', ')}.`,
		);
	}
	const binary = typeof file === 'string' ? items[index]?.binary?.[file] : file;
	const content = await host.helpers.getBinaryDataBuffer(index, file);
	if (content.length > maxFileBytes) {
		throw new FieldProblem(
			'Input Binary Field',
			'holds a file that is larger than any rate card',
			'Check which file it is.',
		);
	}
	return { content, fileName: binary?.fileName ?? 'file' };
}
