import { readFile, writeFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { convert } from '../convert.ts';
import { InputProblem } from '../workflow/reading.ts';

const usage = `Converts n8n workflows from n8n's WhatsApp nodes to those of n8n-nodes-whatsapp-cloud.

  npx n8n-nodes-whatsapp-cloud [FILE] [--output FILE] [--report FILE] [--default-sender]

FILE              a workflow as n8n downloads it, or a list of workflows; without it, standard input
--output          where the converted workflow goes; without it, standard output
--report          where the report goes; without it, standard error
--default-sender  let the credential's default phone number send, instead of those in the file: for
                  a workflow that somebody else has shared

The file that is read is never changed, unless --output names it.
`;

/** Exit codes: done; the input holds no workflow; the arguments are wrong. */
const codes = { done: 0, noWorkflow: 1, usage: 2 };

async function main(): Promise<number> {
	const { values, positionals } = readArguments();
	if (values.help === true) {
		process.stdout.write(usage);
		return codes.done;
	}
	const [file, ...more] = positionals;
	if (more.length > 0) throw new UsageProblem('Name one file.');
	if (file === undefined && process.stdin.isTTY) throw new UsageProblem('Name a file.');
	const input = await (file === undefined ? buffer(process.stdin) : readFile(file));
	const converted = convert(textIn(input), { defaultSender: values['default-sender'] === true });
	await write(values.output, converted.text, process.stdout);
	await write(values.report, `${converted.report}\n`, process.stderr);
	return codes.done;
}

/** Windows PowerShell writes what it redirects into a file as UTF-16, and says so by a mark. */
function textIn(input: Buffer): string {
	const isUtf16 = input[0] === 0xff && input[1] === 0xfe;
	return input.toString(isUtf16 ? 'utf16le' : 'utf8');
}

class UsageProblem extends Error {}

function readArguments() {
	try {
		return parseArgs({
			allowPositionals: true,
			options: {
				output: { type: 'string', short: 'o' },
				report: { type: 'string' },
				'default-sender': { type: 'boolean' },
				help: { type: 'boolean', short: 'h' },
			},
		});
	} catch (error) {
		throw new UsageProblem(error instanceof Error ? error.message : String(error));
	}
}

async function write(
	file: string | undefined,
	content: string,
	stream: NodeJS.WritableStream,
): Promise<void> {
	if (file !== undefined) await writeFile(file, content);
	else {
		await new Promise<void>((resolve, reject) => {
			stream.write(content, (error) => (error ? reject(error) : resolve()));
		});
	}
}

main().then(
	(code) => {
		process.exitCode = code;
	},
	(error: unknown) => {
		const message = error instanceof Error ? error.message : String(error);
		if (error instanceof UsageProblem) process.stderr.write(`${message}\n\n${usage}`);
		else if (error instanceof InputProblem) process.stderr.write(`${message} ${error.advice}\n`);
		else process.stderr.write(`${message}\n`);
		process.exitCode = error instanceof UsageProblem ? codes.usage : codes.noWorkflow;
	},
);
