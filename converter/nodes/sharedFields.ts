import { isExpression, isRecord, textOf, type Parameters } from '../workflow/workflow.ts';
import { fillIn } from './conversion.ts';

/** Reads the fields that several operations have, and remembers what to tell. */
export class SharedFields {
	readonly toDo: string[] = [];
	private readonly parameters: Parameters;

	constructor(parameters: Parameters) {
		this.parameters = parameters;
	}

	/** The number that sends. Empty, it was an error; now the credential's default counts. */
	sender(): Parameters {
		const id = listedText(this.parameters['phoneNumberId']).trim();
		if (id === '') {
			this.toDo.push("Sender was empty. The credential's default phone number sends now.");
			return {};
		}
		if (!/^(\d+$|=)/.test(id)) {
			this.toDo.push(
				`Sender was "${shorten(id)}", which is no phone number ID. The credential's default phone number sends now.`,
			);
			return {};
		}
		return { phoneNumberId: { __rl: true, mode: 'id', value: id } };
	}

	/** The recipient: n8n's node takes full numbers only, with or without the plus. */
	recipient(): Parameters {
		const written = listedText(this.parameters['recipientPhoneNumber']).trim();
		const isBare = !isExpression(written) && /^\d[\d\s().-]*$/.test(written);
		return { recipient: isBare ? `+${written}` : this.required(written, 'Recipient') };
	}

	/** A field that may not be empty. */
	required(value: unknown, label: string): string {
		const text = textOf(value);
		if (text.trim() !== '') return text;
		this.toDo.push(`${label} was empty. Fill it in.`);
		return fillIn(label);
	}

	/** Options that this package has no place for. */
	dropped(names: readonly string[]): void {
		if (names.length === 0) return;
		this.toDo.push(`Settings without an equivalent were left out: ${names.join(', ')}.`);
	}
}

/** The text of a field; files that were not made by n8n's editor may hold it like a list's choice. */
export const listedText = (value: unknown): string =>
	textOf(isRecord(value) ? value['value'] : value);

export const shorten = (text: string): string =>
	text.length > 60 ? `${text.slice(0, 60)}…` : text;
