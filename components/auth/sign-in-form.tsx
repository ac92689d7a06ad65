'use client';

import { useState, type FormEvent } from 'react';
import { Button } from '#components/ui/button';
import { formText } from '#components/ui/form-text.ts';
import { TextField } from '#components/ui/text-field';
import { useSay } from '#components/words/words-context';
import { loadAuthClient } from './load-auth-client.ts';

/** One try to get in, as better-auth's client answers it. */
export type SignIn = () => Promise<{ error: { message?: string | undefined } | null }>;

export type SignInFormProps = {
  attempt: (signIn: SignIn) => Promise<void>;
  busy: boolean;
  className: string;
  /** whether new accounts may be made here */
  signUp: boolean;
};

/** E-mail and password, for an account that exists or a new one. */
export function SignInForm({ attempt, busy, className, signUp }: SignInFormProps) {
  const say = useSay();
  const [isNew, setIsNew] = useState(false);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const account = { email: formText(fields, 'email'), password: formText(fields, 'password') };
    void attempt(async () => {
      const { signIn, signUp: join } = await loadAuthClient();
      return isNew ? join.email({ ...account, name: formText(fields, 'name') }) : signIn.email(account);
    });
  };

  return (
    <form className={className} onSubmit={submit}>
      <div className="space-y-3">
        {isNew && <TextField autoComplete="name" label={say('signIn.name')} name="name" required />}
        <TextField autoComplete="email" label={say('signIn.email')} name="email" required type="email" />
        <TextField
          autoComplete={isNew ? 'new-password' : 'current-password'}
          label={say('signIn.password')}
          minLength={8}
          name="password"
          required
          type="password"
        />
      </div>
      <Button className="mt-4 w-full" disabled={busy} size="large" type="submit" variant="secondary">
        {say(isNew ? 'signIn.create' : 'signIn.signIn')}
      </Button>
      {signUp && (
        <Button className="mt-2 w-full" onClick={() => setIsNew(!isNew)} variant="quiet">
          {say(isNew ? 'signIn.haveAccount' : 'signIn.needAccount')}
        </Button>
      )}
    </form>
  );
}
