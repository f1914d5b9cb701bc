INSERT INTO public.kept VALUES (1), (2);
