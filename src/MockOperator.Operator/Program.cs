using MockOperator.Operator;

return await OperatorCommand.Create().Parse(args).InvokeAsync();
