import type { ResultShape } from '../expressions/paths.ts';
import { recordOf, recordsOf, textOf, type Parameters } from '../workflow/workflow.ts';

/** What a question of a form takes, by the field types of n8n's forms. */
const kinds: Readonly<Record<string, string>> = {
	text: 'any',
	textarea: 'any',
	number: 'number',
	date: 'date',
	email: 'email',
	dropdown: 'choice',
	radio: 'choice',
};

const maxChoiceCharacters = 24;
const maxQuestions = 20;

/** A form of n8n's node as questions in the chat, and where their answers are. */
export interface QuestionForm {
	parameters: Parameters;
	shape: ResultShape;
}

/** @returns `null` if one of the fields cannot be asked in a chat */
export function formOf(parameters: Parameters): QuestionForm | null {
	if (textOf(parameters['defineForm']) === 'json') return null;
	const rows = recordsOf(recordOf(parameters['formFields'])['values']).map(questionOf);
	const questions = rows.filter((row) => row !== null);
	const names = questions.map(({ name }) => name);
	const isWhole = questions.length === rows.length && new Set(names).size === names.length;
	if (!isWhole || rows.length === 0 || rows.length > maxQuestions) return null;
	return {
		parameters: {
			formType: 'questions',
			questionsInput: 'fields',
			questions: { question: questions },
		},
		shape: {
			what: "n8n's item with the answers of a form",
			moved: questions.map(({ name, kind }) => ({
				from: ['data', name],
				// A single answer has no list of its own.
				to: [
					...(questions.length > 1 ? ['answers', name] : ['answer']),
					kind === 'number' || kind === 'date' ? 'value' : 'text',
				],
			})),
			names: ['data'],
			partial: ['data'],
		},
	};
}

interface Question {
	name: string;
	text: string;
	kind: string;
	choices?: string;
}

function questionOf(row: Parameters): Question | null {
	const text = textOf(row['fieldLabel']).trim();
	const kind = kinds[textOf(row['fieldType']) || 'text'];
	const name = textOf(row['fieldName']).trim() || text;
	if (kind === undefined || text === '' || text.startsWith('=') || name.length > 64) return null;
	if (kind !== 'choice') return { name, text, kind };
	const choices = recordsOf(recordOf(row['fieldOptions'])['values']).map(({ option }) =>
		textOf(option).trim(),
	);
	const isShort = choices.every(
		(choice) => choice !== '' && choice.length <= maxChoiceCharacters && !/[,=]/.test(choice),
	);
	const isUnique = new Set(choices).size === choices.length;
	const isAsked = choices.length > 0 && isShort && isUnique && row['multiselect'] !== true;
	return isAsked ? { name, text, kind, choices: choices.join(', ') } : null;
}
