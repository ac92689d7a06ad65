'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Brand } from '#components/ui/brand';
import { Button } from '#components/ui/button';
import { loadAuthClient } from './load-auth-client.ts';
import { type SignIn, SignInForm } from './sign-in-form.tsx';

export type SignInScreenProps = { guestAccess: boolean; signUp: boolean };

/** What somebody without a session sees, at any address; afterwards the page they asked for appears. */
export function SignInScreen({ guestAccess, signUp }: SignInScreenProps) {
  const router = useRouter();
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const attempt = async (signIn: SignIn) => {
    setBusy(true);
    setProblem(null);
    const failure = await signIn().then(
      ({ error }) => error && (error.message ?? 'That did not work.'),
      () => 'The server cannot be reached.',
    );
    if (failure === null) return router.refresh();
    setProblem(failure);
    setBusy(false);
  };

  return (
    <main className="flex min-h-dvh items-center justify-center p-6">
      <title>Sign in · Holdfast</title>
      <div className="w-full max-w-sm">
        <Brand className="mb-6 text-xl" />
        <h1 className="text-2xl font-semibold tracking-tight text-balance">Answers that cannot be lost</h1>
        <p className="mt-2 text-muted-foreground">
          Close the tab, reload, lose the network: what the agent writes is kept, and goes on.
        </p>
        {guestAccess && (
          <>
            <Button
              className="mt-8 w-full"
              disabled={busy}
              onClick={() => void attempt(async () => (await loadAuthClient()).signIn.anonymous())}
              size="large"
              variant="primary"
            >
              Continue as guest
            </Button>
            <div className="my-6 flex items-center gap-3 text-sm text-muted-foreground">
              <span className="h-px flex-1 bg-border" />
              or with an account
              <span className="h-px flex-1 bg-border" />
            </div>
          </>
        )}
        <SignInForm attempt={attempt} busy={busy} className={guestAccess ? '' : 'mt-8'} signUp={signUp} />
        <p className="mt-4 min-h-6 text-sm text-danger" role="alert">
          {problem}
        </p>
      </div>
    </main>
  );
}
