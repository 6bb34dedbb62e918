namespace DinOrleans.Training.Trainer.Optimizers;

/// <summary>The rule by which weights follow gradients.</summary>
public enum OptimizerKind
{
    /// <summary>Stochastic gradient descent.</summary>
    Sgd,

    /// <summary>Adagrad: steps shrink with the sum of squared gradients (Duchi et al., 2011).</summary>
    Adagrad,

    /// <summary>Adam: adaptive moments (Kingma and Ba, 2015), β₁ = 0.9, β₂ = 0.999.</summary>
    Adam,
}
